/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How `authreviewd token` changes principals while a daemon runs. Only the daemon may write to the database, so it takes the
 * order over a Unix socket beside it (FILE.control, mode 0600) and runs it in its writer. Its own user and root may give orders.
 */
#ifndef AR_CLI_CONTROL_H
#define AR_CLI_CONTROL_H

#include "cli/principals.h"
#include "review/service.h"

struct control;

/* Takes orders for the open store of SERVICE, which is kept in DATABASE; NULL with ERR_CONFIG. */
struct control *control_start(struct service *service, const char *database, struct err *err) AR_MUST_CHECK;

/* Before the store is closed. NULL is allowed. */
void control_stop(struct control *control);

/*
 * Gives an order to the daemon that has DATABASE open and waits for its commit. *ret_reached, which is always set, is false when
 * no daemon takes orders: then nothing was done.
 */
bool control_ask(const char *database, const struct principal_change *change, bool *ret_reached, struct err *err) AR_MUST_CHECK;

#endif
