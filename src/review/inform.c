/* SPDX-License-Identifier: Apache-2.0 */
#include "review/inform.h"

#include "review/amend.h"

struct record_change *inform_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	static const struct amend_rule rule = {.step = STEP_INFORM, .resource = "information"};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	amendment.papers.body = json_merge(call->arena, amendment.papers.body, amendment.input);
	amendment.arrived_at = call->now;
	return amend_end(&amendment, "information_supplied", outcome);
}
