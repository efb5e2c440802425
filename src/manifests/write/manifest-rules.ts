import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'

const GUIDE = 'https://docs.aws.amazon.com/sagemaker/latest/dg'
const MANIFEST = `${GUIDE}/sms-input-data-input-manifest.html`
const FORMATS = `${GUIDE}/sms-supported-data-formats.html`
const LIMITS = `${GUIDE}/input-data-limits.html`
const VIDEO = `${GUIDE}/sms-video-manual-data-setup.html`
const FRAME = `${GUIDE}/sms-point-cloud-single-frame-input-data.html`
const SEQUENCE = `${GUIDE}/sms-point-cloud-multi-frame-input-data.html`

/** Every rule of manifests and sequence files: the rule, what to do, and which page says so. */
const MANIFEST_RULES = {
  'not-an-object': rule(
    MANIFEST,
    'Each line is a JSON object',
    "Give { 'source-ref': 's3://bucket/key' }, or of a text { source: text }",
  ),
  'not-json': rule(MANIFEST, 'Each line is a JSON object', 'Leave out bigints and references to itself'),
  'not-utf-8': rule(MANIFEST, 'A manifest is UTF-8', 'Cut texts between characters'),
  'line-not-json': rule(
    MANIFEST,
    'Each line is a JSON object',
    'Write one JSON object a line, with no line break in it',
  ),
  'line-not-utf-8': rule(MANIFEST, 'A manifest is UTF-8', 'Save the manifest as UTF-8'),
  'line-byte-order-mark': warning(
    MANIFEST,
    'AWS asks for UTF-8 and does not say that it takes a byte order mark, which most readers of JSON refuse',
    'Save the manifest as UTF-8 without one',
  ),
  'line-too-long': rule(MANIFEST, 'A line has at most 100,000 characters', 'Leave out or shorten keys'),
  'line-over-100-kb': warning(
    `${GUIDE}/sms-custom-templates-step3-lambda-requirements.html`,
    'The page on Lambdas counts a line in bytes, the page on manifests in characters',
    'Leave out or shorten keys to be safe',
  ),
  'key-twice': warning(
    MANIFEST,
    'AWS does not say which of the two counts, and readers of JSON differ',
    'Keep one of them',
  ),
  'attribute-dollar': rule(MANIFEST, 'AWS keeps such names for itself', 'Rename the key'),
  'attribute-too-long': rule(MANIFEST, 'An attribute has at most 20,000 characters', 'Shorten it'),
  'source-count': rule(
    MANIFEST,
    'A line has exactly one of the two',
    "Give one: 'source-ref' with the address of an object in S3, or source with a text",
  ),
  'source-empty': rule(MANIFEST, 'There is nothing to label', 'Give the text to label'),
  'source-address': rule(MANIFEST, 'The object lies in S3', 'Give s3://bucket/key'),
  'source-not-stored': rule(FORMATS, 'This task reads objects in S3', 'Give source-ref'),
  'source-not-inline': rule(FORMATS, 'Text tasks read their text from source', 'Give source'),
  'source-ending': rule(
    FORMATS,
    'AWS lists other endings for this task',
    'Convert the object, or choose another task',
  ),
  'source-ending-case': warning(
    FORMATS,
    'AWS lists endings in lower case only',
    'Rename the object if it does not show',
  ),
  'source-twice': warning(
    MANIFEST,
    'A job labels each line: workers do it twice, and the output has two labels of one object',
    'Leave one out, unless it is to be labeled twice',
  ),
  'label-attribute-taken': warning(
    `${GUIDE}/sms-reusing-data.html`,
    'A job labels only lines without its label attribute; AWS says elsewhere that it overwrites the value',
    'Use another label attribute name, unless only the other lines are to be labeled',
  ),
  'no-objects': rule(MANIFEST, 'A job needs something to label', 'Give objects'),
  'too-many-objects': rule(LIMITS, 'The limit cannot be raised', 'Divide the objects among several jobs'),
  'over-object-quota': warning(
    LIMITS,
    'The quota holds unless AWS has raised it for the account',
    'Divide the objects among several jobs, or ask AWS for more',
  ),
  'too-few-for-auto-labeling': rule(
    `${GUIDE}/sms-automated-labeling.html`,
    'Automated labeling needs at least 1,250 objects',
    'Add objects, or leave automated labeling out',
  ),
  'few-for-auto-labeling': warning(
    `${GUIDE}/sms-automated-labeling.html`,
    'AWS advises 5,000 objects or more for automated labeling',
    'Add objects if people end up labeling most of them',
  ),
  'sequence-number': rule(VIDEO, 'It has to be a whole number, 0 or more', 'Number the sequences'),
  'sequence-prefix': rule(VIDEO, 'It has to be an s3:// address that ends in /', 'Give s3://bucket/folder/'),
  'sequence-not-json': rule(VIDEO, 'A sequence file is one JSON object', 'Write it with writeSequence()'),
  'sequence-count': rule(
    VIDEO,
    'number-of-frames is the number of the frames that are listed',
    'Count them, or write the file with writeSequence()',
  ),
  'sequence-empty': rule(VIDEO, 'A sequence has at least one frame', 'Give frames'),
  'sequence-too-long': rule(
    LIMITS,
    'A sequence has at most that many frames',
    'Divide the frames among several sequences',
  ),
  'frame-name': rule(VIDEO, 'A frame is named by its path below the prefix', 'Give the name of a file'),
  'frame-ending': rule(FORMATS, 'Frames end in .jpg, .jpeg or .png', 'Convert the frames'),
  'frame-twice': rule(VIDEO, 'Each frame is one file', 'Leave the repeated frame out'),
  'frame-order': warning(
    VIDEO,
    'Workers see frames in the byte order of their names, whatever their order here',
    'Pad numbers in names with zeros, or sort the frames by name, unless that order is meant',
  ),
  'frame-number': rule(VIDEO, 'It has to be a whole number', 'Number the frames'),
  'frame-time-whole': rule(VIDEO, 'It has to be a whole number of seconds since 1970', 'Round it'),
  'frame-metadata': rule(
    FRAME,
    'A frame of a point cloud needs metadata with its time',
    'Make the line with pointCloudFrame()',
  ),
  'frame-time': rule(FRAME, 'It has to be a number of seconds since 1970', 'Give the time of the recording'),
  'frame-time-order': rule(SEQUENCE, 'Times have to grow from frame to frame', 'Sort the frames by time'),
  'frame-format': rule(
    FRAME,
    'It has to be binary/ or text/ followed by xyz, xyzi, xyzrgb or xyzirgb',
    'Give the format of the points',
  ),
  'frame-format-unknown': rule(
    FRAME,
    'AWS knows the format of .bin and .txt files only',
    'Give the format of the points',
  ),
  'frame-prefix': rule(FRAME, 'It has to be an s3:// address that ends in /', 'Give s3://bucket/folder/'),
  'too-many-images': rule(FRAME, 'A frame has at most 8 images', 'Leave some out'),
  'image-path': rule(FRAME, 'An image is named by its path below the prefix', 'Give the name of a file'),
  'camera-model': rule(FRAME, 'It has to be pinhole or fisheye', 'Give pinhole or fisheye, or leave it out'),
  'not-a-number': rule(FRAME, 'It has to be a number', 'Give a number'),
} as const satisfies Readonly<Record<string, ManifestRule>>

/**
 * The stable name of a rule.
 *
 * @example
 * const bearable: readonly ManifestRuleName[] = ['over-object-quota', 'label-attribute-taken']
 * const objects = [{ 'source-ref': 's3://acme-gt/in/1.jpg' }]
 * await writeManifest(objects, 's3://acme-gt/in.manifest', aws, {
 *   task: 'bounding-box',
 *   onWarning({ code, what }) {
 *     if (!bearable.some((one) => one === code)) console.warn(what)
 *   },
 * })
 */
export type ManifestRuleName = keyof typeof MANIFEST_RULES

/** Makes the problem of a broken rule: where, and what is there. */
export function broken(code: ManifestRuleName, path: string, what: string): Problem<ManifestRuleName> {
  return { code, path, what, ...MANIFEST_RULES[code] }
}

/** Makes the problem of a value that breaks a rule: metadata of a manifest, never the contents of an object. */
export function brokenBy(code: ManifestRuleName, path: string, value: unknown): Problem<ManifestRuleName> {
  if (value === undefined) return broken(code, path, 'it is missing')
  return broken(code, path, `it is ${formatValue(value)}`)
}

type ManifestRule = Pick<Problem, 'severity' | 'why' | 'fix' | 'source'>

function rule(source: string, why: string, fix: string): ManifestRule {
  return { severity: 'error', why, fix, source }
}

function warning(source: string, why: string, fix: string): ManifestRule {
  return { severity: 'warning', why, fix, source }
}
