// A person at ODK Web Forms, without the screen: its engine, driven by JSON lines. {"form": XML} opens a form;
// {"answers": {name: value}} gives these (options between spaces) and blanks all others, and is told what the form then asks, refuses and sends.

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { JSDOM } from 'jsdom';

// The engine is made for browsers, and its parser of XPath for bundlers: both look for their world among the globals.
const DOM = /^(Attr|CDATASection|CharacterData|Comment|Document|DOMParser|Element|File|Node|Text|XMLDocument|XMLSerializer|XPath|document$)/;
const { window } = new JSDOM('', { url: 'https://localhost/' });
for (const name of Object.getOwnPropertyNames(window)) {
  if (DOM.test(name) && !(name in globalThis)) globalThis[name] = window[name];
}
globalThis.window = window;
globalThis.require = createRequire(import.meta.url);
globalThis.__dirname = dirname(require.resolve('@getodk/xforms-engine'));
const { loadForm } = await import('@getodk/xforms-engine');

let root;
const fields = new Map();

const gather = (node) => {
  fields.set(node.currentState.reference.split('/').at(-1), node);
  for (const child of node.currentState.children ?? []) gather(child);
};

const open = async (xml) => {
  const form = await loadForm(xml);
  if (form.status === 'failure') throw form.error;
  root = form.createInstance().root;
  fields.clear();
  gather(root);
  return [...fields.keys()];
};

const give = (node, value) => {
  if (node.nodeType === 'select') node.selectValues(value ? value.split(' ') : []);
  if (node.nodeType === 'input') node.setValue(value ?? (node.valueType === 'string' ? '' : null));
};

const answer = async (answers) => {
  for (const [name, node] of fields) give(node, answers[name]);
  const nodes = [...fields].filter(([, node]) => node.currentState.relevant);
  const refused = nodes.flatMap(([name, node]) => {
    const violation = node.validationState.violation;
    return violation ? [[name, violation.message?.asString ?? violation.condition]] : [];
  });
  const payload = await root.prepareInstancePayload({ payloadType: 'monolithic' });
  const sent = await payload.data[0].get('xml_submission_file').text();
  return { relevant: nodes.map(([name]) => name), refused: Object.fromEntries(refused), sent };
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let reply;
  try {
    reply = 'form' in request ? await open(request.form) : await answer(request.answers);
  } catch (error) {
    reply = { failed: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
