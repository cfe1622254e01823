/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the cases of policy versions: scenarios with exact expectations (docs/policy-format.md). */
#ifndef AR_POLICY_CASE_H
#define AR_POLICY_CASE_H

#include "policy/evaluate.h"

/* Told about every case: its file, its name, and what differs, in words (COUNT 0: as expected). Strings live during the call. */
struct case_report {
	void (*each)(void *context, const struct policy *policy, const char *file, const char *name,
		     const char *const *differences, size_t count);
	void *context;
	/* Told about the evaluation of every case and step, unless NULL. */
	void (*judged)(void *context, const char *file, const char *name, const struct evaluation *evaluation);
	/* Told what is judged in every case and step, as a body and as it was decoded, unless NULL. */
	void (*submitted)(void *context, const char *file, const char *name, const struct submission *submission,
			  const struct json *body);
};

struct case_totals {
	size_t cases;
	size_t failed;
};

/*
 * Runs the cases of every version below DIRECTORY, from which the set was loaded. Files that cannot be used are added to ISSUES; false
 * when there was one or a case failed.
 */
bool policy_cases_run(const struct policy_set *set, const char *directory, const struct case_report *report,
		      struct issues *issues, struct case_totals *ret_totals);

#endif
