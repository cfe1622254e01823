/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What licensed people and the certificate of need judged is not changed under them: a supplement leaves who the member is, and opens again
 * what was answered about something else. BEFORE is the body as it was; the amendment's papers hold it as it is now.
 */
#ifndef AR_REVIEW_JUDGED_H
#define AR_REVIEW_JUDGED_H

#include "review/amend.h"

/* False, with the outcome set, when somebody has judged and the member is another now; what was not given may be given. */
bool judged_member_kept(const struct amendment *amendment, const struct json *before, struct outcome *outcome) AR_MUST_CHECK;

/* Takes away the licensed answers that were given about something else: all of them, or those that cite a document that changed. */
void judged_reopen(struct amendment *amendment, const struct json *before);

#endif
