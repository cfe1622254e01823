/* SPDX-License-Identifier: Apache-2.0 */
#include "review/criterion.h"

#include <string.h>

const struct item *criterion_find(const struct amendment *amendment, const char *id)
{
	return policy_item_find(amendment->program->policy, id);
}

bool criterion_applies(const struct amendment *amendment, const struct item *item)
{
	const struct json *findings = json_member(amendment->before, "findings");
	for (const struct json *node = json_first(findings); node != NULL; node = json_next(node)) {
		if (strcmp(json_text(json_member(node, "item")), item->id) == 0) {
			return true;
		}
	}
	return false;
}

const char *criterion_refusal(const struct amendment *amendment, const struct item *item)
{
	if (item->kind == KIND_GATE) {
		return "nobody answers a gate; it opens when what it waits for is recorded";
	}
	if (item->kind != KIND_JUDGMENT && item->kind != KIND_CRITERION && item->kind != KIND_ELIGIBILITY) {
		return "this item of the policy is not answered by a reviewer; `findings` lists what is";
	}
	return criterion_applies(amendment, item) ? NULL
						  : "this criterion does not apply to the request as it stands; `findings` "
						    "lists those that do";
}

void criterion_reopen(struct amendment *amendment, const char *id)
{
	amendment->papers.plan = papers_drop(amendment->call->arena, amendment->papers.plan, "answers", "criterion", id);
}
