// SPDX-License-Identifier: Apache-2.0
// Care that a policy lets begin with an approval alone: the approved request that it goes on with.
import { applyEdits } from './cases.mjs';
import { sample } from './records.mjs';

/** Sends BODY and approves it as it stands; the id. DAEMON's tokens are those of the sandbox. */
export async function approved(daemon, body) {
	const sent = await daemon.call('POST', '/v1/requests', { as: body.intake ? 'intake' : 'provider', body });
	if (sent.status !== 201) throw new Error(`the request that is to be approved: ${sent.text}`);
	const path = `/v1/requests/${sent.json.id}`;
	const step = async (method, resource, said) => {
		const { etag } = (await daemon.call('GET', path, { as: 'physician' })).headers;
		const answer = await daemon.call(method, `${path}/${resource}`, { as: 'physician', etag, body: said });
		if (answer.status !== 200) throw new Error(`${resource}: ${answer.text}`);
	};
	const open = sent.json.findings.filter((f) => f.answer !== 'met' && f.kind !== 'gate');
	if (open.length > 0) await step('PUT', 'findings', { findings: open.map(({ item }) => ({ criterion: item, answer: 'met', note: 'Seen.' })) });
	await step('POST', 'determination', { outcome: 'approved', rationale: 'It is needed.', uninvolved: true });
	return sent.json.id;
}

/** Out-of-home treatment of the member of the care CARE, received on DAY. */
export function treatment(care, day) {
	const before = (days) => new Date(Date.parse(day) - days * 86400000).toISOString().slice(0, 10);
	const body = applyEdits(sample('rtf-complete'), [], { '/service': care.service, '/member': care.member, '/facts/recommendation_on': before(20), '/facts/ispt_meeting_on': before(5) });
	for (const paper of body.documents) paper.completed_on = null;
	return body;
}
