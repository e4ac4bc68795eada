import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { EdgeLook } from '../graph/model.js';
import type { Point } from '../graph/walk.js';
import { linePath, middleOf } from './line.js';

/** A line between two mounted cards. */
export type LineEdge = Edge<{ readonly look: EdgeLook; readonly way: readonly Point[] | undefined }>;

export const LineElement = memo(function LineElement(props: EdgeProps<LineEdge>) {
  const { id, data, label, style, markerEnd, interactionWidth } = props;
  const start = { x: props.sourceX, y: props.sourceY };
  const end = { x: props.targetX, y: props.targetY };
  const { x: labelX, y: labelY } = middleOf(start, end, data?.way);
  return (
    <BaseEdge
      id={id}
      path={linePath(start, end, data?.way)}
      labelX={labelX}
      labelY={labelY}
      label={label}
      {...(style !== undefined && { style })}
      {...(markerEnd !== undefined && { markerEnd })}
      {...(interactionWidth !== undefined && { interactionWidth })}
    />
  );
});
