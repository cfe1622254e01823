/* SPDX-License-Identifier: Apache-2.0 */
#include "review/outcome.h"

#include "base/text.h"

void outcome_init(struct outcome *outcome, struct arena *arena)
{
	*outcome = (struct outcome){.body = "", .length = 0};
	issues_init(&outcome->issues, arena);
}

void outcome_answer(struct outcome *outcome, const struct text *text)
{
	outcome->body = text->data;
	outcome->length = text->length;
}

bool outcome_fail(struct outcome *outcome, const struct err *err)
{
	outcome->failed = true;
	outcome->err = *err;
	return false;
}

bool outcome_refuse(struct outcome *outcome, enum err_code code, const char *detail)
{
	outcome->failed = true;
	return err_set(&outcome->err, code, "%s", detail);
}

bool outcome_invalid(struct outcome *outcome)
{
	return outcome_refuse(outcome, ERR_INVALID, "nothing was recorded and no clock has started");
}

bool outcome_unusable(struct outcome *outcome)
{
	return outcome_refuse(outcome, ERR_BAD_PARAMETER, "a query parameter cannot be used");
}
