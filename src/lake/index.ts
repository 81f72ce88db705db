export { EXPORT_MEMORY, exportLake, type LakeExport } from './export.js';
export { FolderTarget } from './folder-target.js';
