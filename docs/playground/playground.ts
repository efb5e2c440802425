import { formIn, fragmentOf } from './address.js'
import { element } from './element.js'
import { PERMISSION_EXAMPLES, REQUEST_EXAMPLES } from './examples.js'
import {
  PERMISSION_FIELDS,
  type PermissionFields,
  type ReadForm,
  readBody,
  readQuestion,
} from './read-fields.js'
import { showAnswer } from './show-answer.js'
import { showProblems } from './show-problems.js'

const ACTIONS = [
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:Encrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:DescribeKey',
  'kms:CreateGrant',
]

type Fields = Readonly<Record<string, string>>

/** A tab: its fields, and how its answer is made. */
interface Tab {
  readonly names: readonly string[]
  readonly examples: Readonly<Record<string, Fields>>
  answer(fields: Fields): ReadForm<readonly HTMLElement[]>
}

const TABS: Readonly<Record<string, Tab>> = {
  permission: {
    names: PERMISSION_FIELDS,
    examples: PERMISSION_EXAMPLES,
    answer: (fields) => mapRead(readQuestion(fields as PermissionFields), showAnswer),
  },
  request: {
    names: ['region', 'body'],
    examples: REQUEST_EXAMPLES,
    answer: ({ body = '', region = '' }) =>
      mapRead(readBody(body), (read) => showProblems(read, region.trim())),
  },
}

function mapRead<From, To>(read: ReadForm<From>, map: (value: From) => To): ReadForm<To> {
  return 'value' in read ? { value: map(read.value) } : read
}

function find<Found extends Element>(selector: string): Found {
  const found = document.querySelector<Found>(selector)
  if (found === null) throw new Error(`The page has no ${selector}`)
  return found
}

function fieldOf(tab: string, name: string): HTMLInputElement | HTMLTextAreaElement {
  return find(`#${tab} [name="${name}"]`)
}

function fieldsOf(tab: string): Fields {
  const names = TABS[tab]?.names ?? []
  return Object.fromEntries(names.map((name) => [name, fieldOf(tab, name).value]))
}

function fill(tab: string, fields: Fields): void {
  for (const name of TABS[tab]?.names ?? []) fieldOf(tab, name).value = fields[name] ?? ''
  for (const details of document.querySelectorAll<HTMLDetailsElement>(`#${tab} details`))
    details.open = ['boundary', 'grants', 'more'].some((name) => fields[name])
  answer(tab)
}

function answer(tab: string): void {
  const read = TABS[tab]?.answer(fieldsOf(tab))
  if (read === undefined) return
  const unread = 'unread' in read ? read.unread : {}
  for (const name of TABS[tab]?.names ?? [])
    fieldOf(tab, name).setAttribute('aria-invalid', String(name in unread))
  const shown =
    'value' in read
      ? read.value
      : Object.entries(read.unread).map(([name, why]) =>
          element('p', { class: 'error' }, `${labelOf(tab, name)}: ${why}`),
        )
  find(`#${tab} output`).replaceChildren(...shown)
}

function labelOf(tab: string, name: string): string {
  return fieldOf(tab, name).labels?.[0]?.firstChild?.textContent?.trim() ?? name
}

function open(chosen: string): void {
  for (const tab of Object.keys(TABS)) {
    const button = find<HTMLButtonElement>(`#tab-${tab}`)
    button.setAttribute('aria-selected', String(tab === chosen))
    button.tabIndex = tab === chosen ? 0 : -1
    find<HTMLElement>(`#${tab}`).hidden = tab !== chosen
  }
}

function openAddress(): void {
  const form = formIn(location.hash)
  if (form === undefined || TABS[form.tab] === undefined) return
  open(form.tab)
  fill(form.tab, form.fields)
}

for (const [tab, { examples }] of Object.entries(TABS)) {
  const select = find<HTMLSelectElement>(`#${tab} [name="example"]`)
  select.append(...Object.keys(examples).map((name) => element('option', {}, name)))
  select.addEventListener('change', () => fill(tab, examples[select.value] ?? {}))
  find(`#${tab} form`).addEventListener('input', (event) => {
    if (event.target !== select) answer(tab)
  })
  find(`#${tab} form`).addEventListener('submit', (event) => event.preventDefault())
  find(`#${tab} [name="link"]`).addEventListener('click', () => {
    location.hash = fragmentOf({ tab, fields: fieldsOf(tab) })
  })
  const button = find<HTMLButtonElement>(`#tab-${tab}`)
  button.addEventListener('click', () => open(tab))
  button.addEventListener('keydown', ({ key }) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return
    const tabs = Object.keys(TABS)
    const next = tabs[(tabs.indexOf(tab) + 1) % tabs.length] ?? tab
    open(next)
    find<HTMLButtonElement>(`#tab-${next}`).focus()
  })
  fill(tab, Object.values(examples)[0] ?? {})
}
find('#actions').append(...ACTIONS.map((value) => element('option', { value })))
open('permission')
openAddress()
addEventListener('hashchange', openAddress)
