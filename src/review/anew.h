/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What takes the place of a decision may rest on other facts than that one: a correction, or an overturned appeal, says with it what was
 * recorded wrongly about the certificate of need or the plan's facts, and a correction what is found otherwise (`certificate_of_need`,
 * `plan_facts`, `findings`). It counts before anything is held against what is decided, and is recorded with it or not at all.
 */
#ifndef AR_REVIEW_ANEW_H
#define AR_REVIEW_ANEW_H

#include "review/amend.h"

/* Puts all of it into the plan's part and judges again. The amendment was judged. False with the outcome set. */
bool anew_apply(struct amendment *amendment, struct outcome *outcome);

/* For a body that may carry none of it: false, with an issue for each, when it does. */
bool anew_refuse(const struct amendment *amendment, struct outcome *outcome);

#endif
