import { getArgumentValues, GraphQLIncludeDirective, GraphQLSkipDirective, Kind } from 'graphql';
import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/**
 * Names of the fields that the query asks of the answer of this resolver, at any depth of fragments, what is skipped
 * left out: for work that only some callers need.
 */
export function selectedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of info.fieldNodes) collect(node.selectionSet, info, names);
  return names;
}

function collect(set: SelectionSetNode | undefined, info: GraphQLResolveInfo, names: Set<string>): void {
  for (const selection of set?.selections ?? []) {
    if (isLeftOut(selection, info)) continue;
    if (selection.kind === Kind.FIELD) {
      names.add(selection.name.value);
      collect(selection.selectionSet, info, names);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, info, names);
    else collect(info.fragments[selection.name.value]?.selectionSet, info, names);
  }
}

function isLeftOut(selection: SelectionSetNode['selections'][number], info: GraphQLResolveInfo): boolean {
  return (selection.directives ?? []).some((directive) => {
    const values = (definition: typeof GraphQLSkipDirective) =>
      getArgumentValues(definition, directive, info.variableValues)['if'];
    if (directive.name.value === 'skip') return values(GraphQLSkipDirective) === true;
    return directive.name.value === 'include' && values(GraphQLIncludeDirective) === false;
  });
}
