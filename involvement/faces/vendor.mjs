// Builds static/vendor/ from the pinned packages: `npm run vendor`. The result is checked in, so that
// the app and its tests start without Node; a test compares it with a fresh build.
// A folder may be named to build into another place than static/vendor.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const into = process.argv[2] ?? join(root, "static/vendor");
mkdirSync(into, { recursive: true });

const sheet = sass.compile(join(root, "static/css/govuk.scss"), {
  loadPaths: [join(root, "node_modules")],
  quietDeps: true,
  style: "compressed",
});
writeFileSync(join(into, "govuk-frontend.css"), `${sheet.css.replace(/^\uFEFF/, "")}\n`);

// The maps are not shipped, and a pointer to a missing map stops collectstatic.
const script = readFileSync(join(root, "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js"), "utf8");
writeFileSync(join(into, "govuk-frontend.min.js"), `${script.replace(/\/\/# sourceMappingURL=.*\s*$/, "")}\n`);

const python = process.env.PYTHON ?? join(root, ".venv/bin/python");
const htmx = execFileSync(python, [
  "-c",
  "import django_htmx, pathlib; print(pathlib.Path(django_htmx.__file__).parent / 'static/django_htmx/htmx-2.min.js')",
], { encoding: "utf8" }).trim();
writeFileSync(join(into, "htmx.min.js"), readFileSync(htmx));
