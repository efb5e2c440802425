// Labels in files of other formats

export type { ManifestReader } from './augmented/manifest-reader.js'
export type { Segmentation } from './coco-shape.js'
export type { ExportFile, Files } from './export-file.js'
export type { ExportOptions, Size, SkippedLine } from './options/export-options.js'
export type { Split } from './options/split.js'
export { type AugmentedManifestOptions, toAugmentedManifest } from './to-augmented-manifest.js'
export { type CocoOptions, toCoco } from './to-coco.js'
export { toCsv } from './to-csv.js'
export { toLabelStudio } from './to-label-studio.js'
export { toYolo } from './to-yolo.js'
export { type FilesToWrite, writeFiles } from './write-files.js'

// Labels as pictures

export { charts } from './pictures/charts.js'
export { type ContactSheetOptions, contactSheet } from './pictures/contact-sheet.js'
export { type DrawOptions, drawLabel } from './pictures/draw-label.js'
export type { Picture } from './pictures/picture.js'
