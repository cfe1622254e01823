/* SPDX-License-Identifier: Apache-2.0 */
#include "review/withdraw.h"

#include "review/amend.h"

struct record_change *withdraw_prepare(const struct call *call, const char *id, struct outcome *outcome)
{
	const struct amend_rule rule = {
		.step = STEP_WITHDRAW, .resource = "withdrawal", .shape = call->service->shapes[SHAPE_WITHDRAWAL]};
	struct amendment amendment;
	if (!amend_begin(&amendment, call, id, &rule, outcome)) {
		return NULL;
	}
	amendment.papers.plan = papers_set(call->arena, amendment.papers.plan, "withdrawal", amend_disposition(&amendment));
	amend_close(&amendment, "withdrawn");
	return amend_end(&amendment, "withdrawn", outcome);
}
