import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconEyeOff, IconMinus, IconPlus, IconStack2 } from '@tabler/icons-react';
import { Position, type NodeProps } from '@xyflow/react';
import { memo, type CSSProperties } from 'react';
import { kindColor, KindSign, shownKind } from '../../../ui/kind.js';
import { RunStateSign } from '../../../ui/run-state.js';
import { zonedTime } from '../../../ui/time.js';
import { SIDES, type Side } from '../graph/model.js';
import { namingOf } from '../graph/naming.js';
import { endLabel, wordsOf } from '../graph/words.js';
import { useCanvasActions } from './canvas-actions.js';
import { useCanvasWords } from './canvas-words.js';
import { endState, type CardLook, type CardNode, type EndState } from './card-model.js';

interface CardEndProps {
  readonly id: string;
  readonly side: Side;
  readonly state: EndState;
  readonly name: string;
}

function CardEnd({ id, side, state, name }: CardEndProps) {
  const { t } = useCanvasWords();
  const { toggleEnd } = useCanvasActions();
  const { kind, count } = state;
  const label = endLabel(t, state, side, name);
  return (
    <button
      type="button"
      className="hw-end nodrag nopan"
      data-side={side}
      data-kind={kind}
      // Reached from the card by + and -: a tab stop for each would be in the way of everything else.
      tabIndex={-1}
      aria-label={label}
      title={label}
      onClick={() => {
        toggleEnd(id, side);
      }}
    >
      {kind === 'open' ? <IconMinus size={12} aria-hidden /> : <IconPlus size={12} aria-hidden />}
      {count === null || count === 0 ? null : count}
    </button>
  );
}

function CardBody({ look }: { readonly look: CardLook }) {
  const { t, general, language } = useCanvasWords();
  const { node, fact, mark, at } = look;
  const [first] = node.members;
  const { title, place } = wordsOf(t, node);
  const since = at === undefined ? null : zonedTime(at, language);
  const words = (
    <span className="hw-node-text">
      <span className="hw-node-title">{title}</span>
      <span className="hw-node-place">
        {mark === null ? [since, place].filter(Boolean).join(' · ') : t(`mark.${mark}`)}
      </span>
    </span>
  );
  if (node.group !== null) {
    return (
      <>
        <IconStack2 size={20} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />
        {words}
      </>
    );
  }
  if (first.hidden) {
    return (
      <>
        <IconEyeOff size={18} aria-hidden style={{ flexShrink: 0 }} />
        {words}
      </>
    );
  }
  return (
    <>
      <KindSign kind={first.kind} label={general(`kind.${shownKind(first.kind)}`)} />
      {words}
      {first.placeholder ? <VisuallyHidden>{general('placeholder')}</VisuallyHidden> : null}
      {fact !== undefined && fact.failed.length > 0 ? (
        <IconAlertTriangle
          role="img"
          aria-label={t('failedChecks', { count: fact.failed.length })}
          size={16}
          color="var(--hw-bad)"
          style={{ flexShrink: 0 }}
        />
      ) : null}
      {fact?.state ? <RunStateSign state={fact.state} label={general(`runState.${fact.state}`)} /> : null}
    </>
  );
}

/**
 * Where the library finds that lines end or begin. Its own element for that asks the store anew with every move, several
 * times a card, what could be connected; here nothing can.
 */
function Anchor({ side }: { readonly side: 'source' | 'target' }) {
  return <span className={`hw-anchor ${side}`} data-handlepos={side === 'target' ? Position.Left : Position.Right} />;
}

/**
 * A node of the graph: one button that opens its details, and beside it those that bring more or take away. Where it
 * stands is the library's; drawn anew it is only where it looks otherwise.
 */
export const Card = memo(CardElement, (before, now) => before.data === now.data);

function CardElement({ data: look }: NodeProps<CardNode>) {
  const { select, focused, openGroup } = useCanvasActions();
  const { node, mark } = look;
  const [first] = node.members;
  const kind = node.group !== null ? 'group' : first.hidden ? 'hidden' : first.placeholder ? 'placeholder' : 'plain';
  return (
    <div
      className="hw-node"
      data-look={kind}
      data-root={look.isRoot}
      data-selected={look.isSelected}
      data-dim={look.isDim}
      data-mark={mark ?? undefined}
      style={{ '--hw-kind': kindColor(first.kind) } as CSSProperties}
    >
      <Anchor side="target" />
      <UnstyledButton
        className="hw-node-card nodrag nopan"
        data-node={node.id}
        tabIndex={look.isEntry ? 0 : -1}
        aria-pressed={look.isSelected}
        onFocus={() => {
          focused(node.id);
        }}
        onClick={() => {
          if (node.group === null) select(node.id);
          else openGroup(node.group.key);
        }}
      >
        <CardBody look={look} />
      </UnstyledButton>
      {SIDES.map((side) => {
        const state = endState(look, side);
        if (state === null) return null;
        return <CardEnd key={side} id={node.id} side={side} state={state} name={namingOf(first).title} />;
      })}
      <Anchor side="source" />
    </div>
  );
}
