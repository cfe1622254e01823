/* SPDX-License-Identifier: Apache-2.0 */
/* Labels of sensitivity that a version sets: what content is more than health information, by federal law and not by its source. */
#ifndef AR_POLICY_SENSITIVITY_H
#define AR_POLICY_SENSITIVITY_H

#include "policy/evaluator.h"

struct sensitivity_rule {
	unsigned label; /* enum label */
	const struct check *when;
};

/* Compiles the list `sensitivity` of MANIFEST, whose form is right; SPOT is its file. False after issues. */
bool sensitivity_compile(struct compiler *compiler, const struct json *manifest, const struct spot *spot,
			 struct policy *policy);

/* The labels whose check is met; what cannot be told labels nothing. */
unsigned sensitivity_judge(struct evaluator *evaluator);

#endif
