#!/bin/sh
# Installs a double of SAP S/4HANA that nobody here wrote into a folder of its own: the mock server of SAP's
# Fiori tools, and SAP's own schemas out of its SDK packages (CSN -> EDMX of OData v2).
# Those packages are under SAP's developer licence: they are used in tests only and never committed.
# Use: .ci/sap-double.sh FOLDER, then ANDON_SAP_DOUBLE=FOLDER npx vitest run connectors/sap.double.test.ts
set -eu
folder=${1:?Use: .ci/sap-double.sh FOLDER}
mkdir -p "$folder"
cd "$folder"
[ -f package.json ] || printf '{"name":"sap-double","private":true}\n' > package.json
npm install --no-audit --no-fund --loglevel=error \
  @sap-ux/fe-mockserver-core@1.7.16 \
  @sap/cds@10.1.1 \
  @sap/cloud-sdk-vdm-production-order-v2-service@2.1.0 \
  @sap/cloud-sdk-vdm-material-stock-service@2.1.0 \
  @sap/cloud-sdk-vdm-maintenance-notification-service@2.1.0
cat > edmx.cjs <<'SCRIPT'
const cds = require('@sap/cds');
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const services = {
  API_PRODUCTION_ORDER_2_SRV: 'production-order-v2',
  API_MATERIAL_STOCK_SRV: 'material-stock',
  API_MAINTNOTIFICATION: 'maintenance-notification',
};
for (const [service, name] of Object.entries(services)) {
  const file = require.resolve(`@sap/cloud-sdk-vdm-${name}-service/${name}-service-csn.json`);
  const csn = JSON.parse(readFileSync(file, 'utf8'));
  // The associations carry no condition, so they cannot be compiled; nothing here expands them.
  for (const { elements = {} } of Object.values(csn.definitions))
    for (const [key, element] of Object.entries(elements))
      if (element.type === 'cds.Association') delete elements[key];
  const root = Object.keys(csn.definitions).find((key) => csn.definitions[key].kind === 'service');
  mkdirSync(service, { recursive: true });
  writeFileSync(`${service}/metadata.xml`, cds.compile(csn).to.edmx({ service: root, version: 'v2' }));
}
SCRIPT
# @sap/cds needs Node 22: NODE names one where the system's is older.
"${NODE:-node}" edmx.cjs
