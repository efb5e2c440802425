/**
 * Reads from the service authorization reference which condition keys each action of KMS knows. AWS lists a key for
 * an action when the request of that action can hold it; what is not listed is absent from the request.
 *
 * @param {{ actions: Record<string, any>, resourceTypes: Record<string, any>, conditionKeys: Record<string, any> }} kms
 *   the data files `actions/kms.json`, `resourceTypes/kms.json` and `conditionKeys/kms.json`
 */
export function readConditionKeys({ actions, resourceTypes, conditionKeys }) {
  return {
    actions: Object.fromEntries(
      Object.entries(actions)
        .map(([action, { conditionKeys: own, resourceTypes: on }]) => [
          action,
          { onKey: on.some(({ name }) => name === 'key'), conditionKeys: patterns(own) },
        ])
        .sort(),
    ),
    ofKey: patterns(resourceTypes.key.conditionKeys),
    multivalued: patterns(
      Object.keys(conditionKeys).filter((key) => conditionKeys[key].type === 'ArrayOfString'),
    ),
  }
}

/** In lower case, `*` for the part that the policy's author chooses, and the many measurements as one. */
function patterns(keys) {
  const lower = keys.map((key) =>
    key
      .toLowerCase()
      .replace(/\$\{[^}]*\}$/, '*')
      .replace(/^kms:recipientattestation:.*/, 'kms:recipientattestation:*'),
  )
  return [...new Set(lower)].sort()
}
