import { inLanguages } from '../../catalog.js';

/** The moment that is shown. */
export const time = inLanguages(
  {
    timeNow: 'As it is now',
    timeAt: 'As it was {{time}}',
    timeBefore: 'To the change before',
    timeAfter: 'To the next change',
    timeSlider: 'Moment that is shown',
    timeToNow: 'Now',
    timePlay: 'Play the changes',
    timePause: 'Pause',
    compare: 'Compare with now',
  },
  {
    timeNow: 'Wie es jetzt ist',
    timeAt: 'Wie es war: {{time}}',
    timeBefore: 'Zur Änderung davor',
    timeAfter: 'Zur nächsten Änderung',
    timeSlider: 'Gezeigter Zeitpunkt',
    timeToNow: 'Jetzt',
    timePlay: 'Änderungen abspielen',
    timePause: 'Anhalten',
    compare: 'Mit jetzt vergleichen',
  },
);
