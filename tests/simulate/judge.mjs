// Judges requests with @cloud-copilot/iam-simulate: `node judge.mjs FOLDER`, where FOLDER has the node_modules.
//
// Each line of stdin is a case: {identity, boundary, scps, trust, requests}, policies as JSON documents, boundary and
// trust null where there is none. Each line of stdout answers one: {errors, allowed}, what the judge has against the
// documents, and a 0 or 1 for each request; or {failed} with the judge's own exception.

import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const require = createRequire(resolve(process.argv[2], 'package.json'))
const { runUnsafeSimulation } = require('@cloud-copilot/iam-simulate')
const policies = require('@cloud-copilot/iam-policy')

// The judge has a new collator made for each comparison, most of its time. One that is kept compares the same.
const collators = new WeakMap()
String.prototype.localeCompare = function (other, locales, options = {}) {
  if (!collators.has(options)) collators.set(options, new Intl.Collator(locales, options))
  return collators.get(options).compare(this, other)
}

function read({ identity, boundary, scps, trust }) {
  const errors = []
  const policy = (document, validate) => {
    const validated = policies.createValidatedPolicy(document, validate, { name: 'policy' })
    errors.push(...validated.errors.map(({ path, message }) => `${path}: ${message}`))
    return validated
  }
  const listed = (documents, validate) =>
    documents.map((document) => ({ name: 'policy', policy: policy(document, validate) }))
  return {
    errors,
    identityPolicies: listed(identity, policies.validateIdentityPolicy),
    permissionBoundaryPolicies: boundary === null ? undefined : listed([boundary], policies.validateIdentityPolicy),
    serviceControlPolicies: scps.map((level) => ({
      orgIdentifier: 'level',
      policies: listed(level, policies.validateServiceControlPolicy)
    })),
    resourceControlPolicies: [],
    resourcePolicy: trust === null ? undefined : policy(trust, policies.validateTrustPolicy)
  }
}

function answer({ requests, ...documents }) {
  try {
    const { errors, ...simulated } = read(documents)
    const allowed = requests.map(({ principal, action, resource, account, context }) => {
      const request = { principal, action, resource: { resource, accountId: account }, contextVariables: context }
      return runUnsafeSimulation({ ...simulated, request }, {}) === 'Allowed'
    })
    return { errors, allowed: allowed.map(Number).join('') }
  } catch (error) {
    return { failed: String(error) }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + '\n')
}
