/**
 * Reads the constraints of a request from AWS's service model, without its texts.
 *
 * @param {{ shapes: Record<string, any> }} model the parsed `service-2.json`
 * @param {string} name the request's shape, for instance `CreateLabelingJobRequest`
 */
export function readConstraints(model, name) {
  const shape = model.shapes[name]
  switch (shape?.type) {
    case 'structure':
      return {
        type: 'structure',
        required: shape.required ?? [],
        members: Object.fromEntries(
          Object.entries(shape.members).map(([member, { shape: of }]) => [
            member,
            readConstraints(model, of),
          ]),
        ),
      }
    case 'list':
      return { type: 'list', ...range(shape), member: readConstraints(model, shape.member.shape) }
    case 'integer':
      return { type: 'integer', ...range(shape) }
    case 'string':
      return shape.enum
        ? { type: 'string', enum: shape.enum }
        : { type: 'string', ...range(shape), ...(shape.pattern && { pattern: anchored(shape.pattern) }) }
    default:
      throw new Error(`The generator does not know the type ${shape?.type} of ${name}.`)
  }
}

function range({ min, max }) {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
}

/** AWS prints its patterns without anchors and means the whole text. */
function anchored(pattern) {
  const text = `^(?:${pattern})$`
  new RegExp(text, 'u')
  return text
}
