// The build's last step: keeps what the YAML of the package's queries says, so that no command has to parse it.
import { rmSync, writeFileSync } from 'node:fs';
import { loadCauses } from '../causes/load.js';
import { mergedViews } from '../lake/merged.js';
import { loadModels } from '../models/load.js';
import { COMPILED, parsedYaml } from '../models/yaml.js';
import { loadCatalog } from '../packs/load.js';

rmSync(COMPILED, { force: true });
loadModels();
loadCauses();
loadCatalog();
mergedViews();
writeFileSync(COMPILED, JSON.stringify(parsedYaml()));
