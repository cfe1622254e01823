// SPDX-License-Identifier: Apache-2.0
// What time brought about, read from every place that tells of it.

/** Words of events that time itself brings. */
export const RAISED = ['due_soon', 'overdue', 'lapse_notice_due', 'outreach_owed', 'notice_overdue', 'appeal_due_soon', 'appeal_overdue',
	'authorization_ended', 'obligation_overdue'];

const pages = async (daemon, path, as) => {
	const events = [];
	for (let next = path; next;) {
		const page = await daemon.call('GET', next, { as });
		events.push(...page.json.events);
		next = page.json.next;
	}
	return events;
};

/** Events of the whole feed that time brought about; every event of one request, or of what stands under another BASE. */
export const feed = async (daemon, as) => (await pages(daemon, '/v1/events?limit=200', as)).filter((e) => e.actor === 'system' && RAISED.includes(e.action));
export const timeline = async (daemon, id, as, base = '/v1/requests') => pages(daemon, `${base}/${id}/timeline?limit=200`, as);

/** "what subject due_at" of an answer's list. */
export const raised = (answer) => answer.raised.map((r) => `${r.what} ${r.subject} ${r.due_at}`);

/** Each once, in the order of their instants, and the timeline and the version say the same: [] when all is well. */
export async function faults(daemon, id, as) {
	const answer = (await daemon.call('GET', `/v1/requests/${id}`, { as })).json;
	const all = raised(answer);
	const events = await timeline(daemon, id, as);
	const found = [];
	if (new Set(all).size !== all.length) found.push(`raised twice: ${all}`);
	const brought = events.filter((e) => e.actor === 'system' && RAISED.includes(e.action));
	if (JSON.stringify(brought.map((e) => e.action)) !== JSON.stringify(answer.raised.map((r) => r.what))) {
		found.push(`the timeline says ${brought.map((e) => e.action)}, the answer ${all}`);
	}
	if (brought.some((e) => e.actor_role !== 'system')) found.push('raised by somebody');
	if (events.some((e, i) => e.state.version !== i + 1) || events.length !== answer.version) found.push(`versions ${events.map((e) => e.state.version)} of ${answer.version}`);
	return found;
}
