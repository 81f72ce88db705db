export { LAKE_ENGINES, type LakeEngine } from './ddl/index.js';
export { EXPORT_MEMORY, exportLake, type LakeExport } from './export.js';
export { FolderTarget } from './folder-target.js';
export { lakeViews, openLake, writeViews } from './open.js';
export { isObjectStore, withoutSlash } from './location.js';
export { loadObjectStore } from './object-store.js';
export { ObjectTarget } from './object-target.js';
