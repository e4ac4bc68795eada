import '@xyflow/react/dist/base.css';
import { useReducedMotion } from '@mantine/hooks';
import { IconMaximize } from '@tabler/icons-react';
import { ControlButton, Controls, ReactFlow, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useImperativeHandle, useMemo, useRef, type KeyboardEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownEdge, ShownNode } from '../graph/grouping.js';
import type { Side } from '../graph/model.js';
import { stepFrom, type Step, type Way } from '../graph/walk.js';
import { CARD, type PlacedGraph } from '../layout/use-layout.js';
import { Backdrop } from './backdrop.js';
import { CanvasActionsProvider, type CanvasActions } from './canvas-actions.js';
import { CanvasWordsProvider } from './canvas-words.js';
import { Card } from './card.js';
import { cardNodes, endState, withHidden, type CardLook, type CardNode, type Mark } from './card-model.js';
import { EdgeHeads } from './edge-heads.js';
import { edgeElements } from './edge-model.js';
import { MANY, seenBox } from './in-sight.js';
import { LayerGround } from './layer-ground.js';
import { LineElement, type LineEdge } from './line-element.js';
import { Minimap } from './minimap.js';
import { useMounted } from './use-mounted.js';
import { MIN_ZOOM, usePlaceKeeping } from './use-place-keeping.js';
import { viewportOf } from './use-viewport.js';

const NODE_TYPES = { card: Card };
const EDGE_TYPES = { line: LineElement };
const ARROWS: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** What the surroundings can ask of the canvas. */
export interface CanvasHandle {
  readonly goTo: (id: string) => void;
}

export interface GraphCanvasProps {
  readonly graph: PlacedGraph;
  /** Changes when another question is asked, so that the picture is fitted anew. */
  readonly question: string;
  /** What keeps its place on the screen when the graph is laid out anew: the first of them that is in it. */
  readonly anchors: readonly string[];
  /** Whether all of the first picture should be seen, even if it cannot be read. */
  readonly isOverview: boolean;
  /** The card that the tab key leads to. */
  readonly entry: string;
  readonly selected: string | null;
  readonly way: Way | null;
  readonly landmarks: readonly string[];
  readonly lookOf: (node: ShownNode) => CardLook;
  readonly markOf: (edge: ShownEdge) => Mark | null;
  readonly labelOf: (edge: ShownEdge) => string | undefined;
  readonly actions: CanvasActions;
  readonly onMounted: (ids: ReadonlySet<string>) => void;
  readonly onSelectEdge: (id: string) => void;
  readonly onClear: () => void;
  readonly handle: Ref<CanvasHandle>;
}

/** The graph as a picture. Cards are elements that can be focused; what is too much for that is drawn behind them. */
export function GraphCanvas(props: GraphCanvasProps) {
  const { graph, question, anchors, entry, selected, way, landmarks, lookOf, markOf, labelOf } = props;
  const { t, i18n } = useTranslation('lineage');
  const { t: general } = useTranslation();
  const { language } = i18n;
  const words = useMemo(() => ({ t, general, language }), [t, general, language]);
  const still = useReducedMotion();
  const { setCenter, getZoom, screenToFlowPosition } = useReactFlow();
  const box = useRef<HTMLDivElement>(null);
  const labels = useMemo(
    () => ({
      'controls.ariaLabel': t('controls'),
      'controls.zoomIn.ariaLabel': t('zoomIn'),
      'controls.zoomOut.ariaLabel': t('zoomOut'),
    }),
    [t],
  );
  const store = useStoreApi();
  const place = usePlaceKeeping(graph, anchors, question, props.isOverview);
  const { hold } = place;
  const { actions: given } = props;
  const actions = useMemo((): CanvasActions => {
    const select: CanvasActions['select'] = (id) => {
      hold();
      given.select(id);
    };
    return { ...given, select };
  }, [given, hold]);
  const width = useStore((state) => state.width);
  useEffect(() => {
    if (width > 0) place.start();
    // Once, as soon as the canvas has a size, and before it is told what is in sight.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [width > 0]);
  const { mounted, isMoving } = useMounted(graph, landmarks);
  const { onMounted } = props;
  useEffect(() => {
    onMounted(mounted);
  }, [mounted, onMounted]);
  const before = useRef<ReadonlyMap<string, CardNode>>(new Map());
  const cards = useMemo(() => cardNodes(graph, mounted, lookOf, before.current), [graph, mounted, lookOf]);
  useEffect(() => {
    before.current = cards;
  }, [cards]);
  const heldBefore = useRef<ReadonlyMap<string, CardNode>>(new Map());
  const held = useMemo(() => withHidden(cards, heldBefore.current), [cards]);
  useEffect(() => {
    heldBefore.current = held;
  }, [held]);
  const nodes = useMemo(() => [...held.values()], [held]);
  const linesBefore = useRef<ReadonlyMap<string, LineEdge>>(new Map());
  const lines = useMemo(
    () => edgeElements(graph, mounted, { selected, way, markOf, labelOf }, linesBefore.current),
    [graph, mounted, selected, way, markOf, labelOf],
  );
  useEffect(() => {
    linesBefore.current = lines;
  }, [lines]);
  const edges = useMemo(() => [...lines.values()], [lines]);

  const wantsFocus = useRef<string | null>(null);
  const focusCard = (id: string): boolean => {
    const card = box.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
    card?.focus({ preventScroll: true });
    return card !== undefined && card !== null;
  };
  const center = (id: string, zoom: number): void => {
    const point = graph.at.get(id);
    if (point === undefined) return;
    hold();
    void setCenter(point.x + CARD.width / 2, point.y + CARD.height / 2, { zoom, duration: still ? 0 : 200 });
  };
  useEffect(() => {
    const point = selected === null ? undefined : graph.at.get(selected);
    if (point === undefined || width === 0) return;
    const { left, top, right, bottom } = seenBox(viewportOf(store));
    const isWhole =
      point.x >= left && point.x + CARD.width <= right && point.y >= top && point.y + CARD.height <= bottom;
    if (!isWhole) center(selected ?? '', getZoom());
    // The panel beside the canvas takes room: what was selected may stand behind it now.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected, width]);
  const goTo = (id: string): void => {
    wantsFocus.current = focusCard(id) ? null : id;
    center(id, Math.max(getZoom(), 0.7));
  };
  useEffect(() => {
    const id = wantsFocus.current;
    if (id === null || !focusCard(id)) return;
    wantsFocus.current = null;
    // What was found within a group had no place yet when it was asked for.
    center(id, Math.max(getZoom(), 0.7));
  });
  useImperativeHandle(props.handle, () => ({ goTo }));

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') props.onClear();
    const id = (event.target as HTMLElement).dataset['node'];
    if (id === undefined) return;
    const step = ARROWS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      const next = stepFrom(graph, graph.at, id, step);
      if (next !== undefined) goTo(next);
      return;
    }
    const node = graph.nodes.find((shown) => shown.id === id);
    if (node === undefined || (event.key !== '+' && event.key !== '-')) return;
    event.preventDefault();
    const look = lookOf(node);
    const wanted: readonly string[] = event.key === '+' ? ['more', 'shut'] : ['open'];
    const sides = (['DOWNSTREAM', 'UPSTREAM'] as const satisfies readonly Side[]).filter((side) =>
      wanted.includes(endState(look, side)?.kind ?? ''),
    );
    for (const side of sides) actions.toggleEnd(id, side);
  };
  const onPaneClick = (event: { readonly clientX: number; readonly clientY: number }): void => {
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const hit = [...graph.at].find(
      ([, point]) => x >= point.x && x <= point.x + CARD.width && y >= point.y && y <= point.y + CARD.height,
    );
    const node = graph.nodes.find(({ id }) => id === hit?.[0]);
    if (node === undefined) props.onClear();
    else if (node.group !== null) actions.openGroup(node.group.key);
    else {
      actions.select(node.id);
      goTo(node.id);
    }
  };
  return (
    <CanvasActionsProvider value={actions}>
      <CanvasWordsProvider value={words}>
        <div ref={box} onKeyDown={onKeyDown} className="hw-canvas" data-entry={entry} data-moving={isMoving}>
          <EdgeHeads />
          <ReactFlow<CardNode, LineEdge>
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            zoomOnDoubleClick={false}
            minZoom={MIN_ZOOM}
            maxZoom={2}
            onMoveStart={(event) => {
              // Moves of our own come without an event, those of the buttons below too.
              if (event !== null) hold();
            }}
            onEdgeClick={(_, { id }) => {
              props.onSelectEdge(id);
            }}
            onPaneClick={onPaneClick}
            aria-label={t('graph')}
            ariaLabelConfig={labels}
          >
            {mounted.size >= MANY ? <LayerGround graph={graph} isMoving={isMoving} /> : null}
            <Backdrop graph={graph} mounted={mounted} way={way} />
            {/* The library's own button would fit what is mounted, which is never all of a large graph. */}
            <Controls showInteractive={false} showFitView={false} onZoomIn={hold} onZoomOut={hold}>
              <ControlButton
                aria-label={t('fit')}
                title={t('fit')}
                onClick={() => {
                  place.fit(true);
                }}
              >
                <IconMaximize aria-hidden style={{ fill: 'none' }} />
              </ControlButton>
            </Controls>
            <Minimap graph={graph} onMove={hold} />
          </ReactFlow>
        </div>
      </CanvasWordsProvider>
    </CanvasActionsProvider>
  );
}
