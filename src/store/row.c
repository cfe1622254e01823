/* SPDX-License-Identifier: Apache-2.0 */
#include "store/row.h"

int64_t row_act_by(struct instant act_by)
{
	return act_by.us == 0 ? INT64_MAX : act_by.us;
}

void row_bind(struct query *query, const struct request_row *row, int64_t last_event)
{
	query_text(query, COLUMN_ID, row->id);
	query_integer(query, COLUMN_VERSION, row->version);
	query_text(query, COLUMN_TRACKING_NUMBER, row->tracking_number);
	query_text(query, COLUMN_PAYER, row->payer);
	query_text(query, COLUMN_SERVICE, row->service);
	query_text(query, COLUMN_REVIEW, row->review);
	query_text(query, COLUMN_URGENCY, row->urgency);
	query_text(query, COLUMN_STATUS, row->status);
	query_text(query, COLUMN_WAITING_ON, row->waiting_on);
	query_integer(query, COLUMN_OPEN, row->open ? 1 : 0);
	query_integer(query, COLUMN_RECEIVED_AT, row->received_at.us);
	query_instant(query, COLUMN_DUE_AT, row->due_at);
	query_integer(query, COLUMN_ACT_BY, row_act_by(row->act_by));
	query_text(query, COLUMN_ACT_BY_RULE, row->act_by_rule);
	query_text(query, COLUMN_ORGANIZATION, row->organization != NULL ? row->organization : "");
	query_text(query, COLUMN_SUBMITTER_REFERENCE, row->submitter_reference);
	query_text(query, COLUMN_MEMBER_BIRTH_DATE, row->member_birth_date);
	query_text(query, COLUMN_PROVIDER_NPI, row->provider_npi);
	query_integer(query, COLUMN_MISSING_COUNT, row->missing_count);
	query_integer(query, COLUMN_REQUESTED_COUNT, row->requested_count);
	query_integer(query, COLUMN_TASKS, row->tasks);
	query_text(query, COLUMN_MEMBER_ID, row->member_id);
	query_text(query, COLUMN_POLICY_ID, row->policy_id);
	query_text(query, COLUMN_POLICY_VERSION, row->policy_version);
	query_text(query, COLUMN_POLICY_DIGEST, row->policy_digest);
	query_integer(query, COLUMN_LAST_EVENT, last_event);
	query_instant(query, COLUMN_WAKE_AT, row->wake_at);
	query_text(query, COLUMN_AUTHORIZATION_NUMBER, row->authorization_number);
	query_text(query, COLUMN_CONTINUES, row->continues);
	query_text(query, COLUMN_EPISODE, row->episode);
	query_integer(query, COLUMN_SENSITIVITY, row->sensitivity);
}

void row_read_listed(const struct query *query, struct arena *arena, struct request_row *row)
{
	const int64_t act_by = column_integer(query, COLUMN_ACT_BY);

	row->id = column_text(query, COLUMN_ID, arena);
	row->version = column_integer(query, COLUMN_VERSION);
	row->tracking_number = column_text(query, COLUMN_TRACKING_NUMBER, arena);
	row->payer = column_text(query, COLUMN_PAYER, arena);
	row->service = column_text(query, COLUMN_SERVICE, arena);
	row->review = column_text(query, COLUMN_REVIEW, arena);
	row->urgency = column_text(query, COLUMN_URGENCY, arena);
	row->status = column_text(query, COLUMN_STATUS, arena);
	row->waiting_on = column_text(query, COLUMN_WAITING_ON, arena);
	row->open = column_integer(query, COLUMN_OPEN) != 0;
	row->received_at = column_instant(query, COLUMN_RECEIVED_AT);
	row->due_at = column_instant(query, COLUMN_DUE_AT);
	row->act_by = (struct instant){act_by == INT64_MAX ? 0 : act_by};
	row->act_by_rule = column_text(query, COLUMN_ACT_BY_RULE, arena);
	row->submitter_reference = column_text(query, COLUMN_SUBMITTER_REFERENCE, arena);
	row->policy_id = column_text(query, COLUMN_POLICY_ID, arena);
	row->policy_version = column_text(query, COLUMN_POLICY_VERSION, arena);
	row->missing_count = column_integer(query, COLUMN_MISSING_COUNT);
	row->requested_count = column_integer(query, COLUMN_REQUESTED_COUNT);
	row->tasks = (unsigned)column_integer(query, COLUMN_TASKS);
}

void row_read(const struct query *query, struct arena *arena, struct request_row *row)
{
	const char *organization = column_text(query, COLUMN_ORGANIZATION, arena);

	row_read_listed(query, arena, row);
	row->organization = organization[0] != '\0' ? organization : NULL;
	row->member_birth_date = column_text(query, COLUMN_MEMBER_BIRTH_DATE, arena);
	row->provider_npi = column_text(query, COLUMN_PROVIDER_NPI, arena);
	row->member_id = column_text(query, COLUMN_MEMBER_ID, arena);
	row->policy_digest = column_text(query, COLUMN_POLICY_DIGEST, arena);
	row->last_event = column_integer(query, COLUMN_LAST_EVENT);
	row->wake_at = column_instant(query, COLUMN_WAKE_AT);
	row->authorization_number = column_text(query, COLUMN_AUTHORIZATION_NUMBER, arena);
	row->continues = column_text(query, COLUMN_CONTINUES, arena);
	row->episode = column_text(query, COLUMN_EPISODE, arena);
	row->sensitivity = (unsigned)column_integer(query, COLUMN_SENSITIVITY);
}
