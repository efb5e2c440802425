// @ts-check
/** The entries of the package, by the name of the file that each is built to. */
export const ENTRIES = {
  index: 'src/index.ts',
  permissions: 'src/permissions/index.ts',
  manifests: 'src/manifests/index.ts',
  evidence: 'src/evidence/index.ts',
  export: 'src/export/index.ts',
  'step-functions': 'src/step-functions/index.ts',
  testing: 'src/testing/index.ts',
}
