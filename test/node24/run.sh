#!/usr/bin/env bash
# Runs the tests under Node 24, whatever Node is installed: `npm run test:node24`, or `npm run test:node24 -- test/outbox` for a part.
# Node and its headers come from an npm package. The sources and their dependencies stand in a folder of their own, since better-sqlite3
# is compiled for one Node at a time.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
package=node-$(node -p 'process.platform + "-" + process.arch')
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder" # root starts PostgreSQL as another user

npm install --silent --no-save --prefix "$folder/node" "$package@24"
node24=$folder/node/node_modules/$package
export PATH=$node24/bin:$PATH npm_config_nodedir=$node24
mkdir "$folder/balas"
tar -C "$root" --exclude ./node_modules --exclude ./dist --exclude ./data --exclude ./.git --exclude ./src/database/generated -cf - . | tar -C "$folder/balas" -xf -
cd "$folder/balas"
echo "Node $(node --version)"
npm ci --no-audit --no-fund
npm test -- "$@"
