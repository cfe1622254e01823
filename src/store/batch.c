/* SPDX-License-Identifier: Apache-2.0 */
#include "store/txn.h"
#include "store/writer.h"

/*
 * One transaction for many commands, without savepoints: SQLite may drop a savepoint's whole transaction by
 * itself (a full disk does), and what follows would then be acknowledged although half of it is gone.
 * Instead a command that is refused before it wrote anything just fails, and anything else undoes the batch,
 * whose commands are then run one by one.
 */

enum batch_end {
	BATCH_COMMITTED,
	BATCH_REFUSED, /* rolled back; nothing recorded */
	BATCH_FULL, /* rolled back for want of space */
	BATCH_BROKEN /* what is recorded is not known */
};

void command_list_add(struct command_list *list, struct store_command *command)
{
	command->next = NULL;
	if (list->last != NULL) {
		list->last->next = command;
	} else {
		list->first = command;
	}
	list->last = command;
	list->count++;
}

static struct store_command *take_first(struct command_list *list)
{
	struct store_command *command = list->first;

	list->first = command->next;
	list->count--;
	if (list->first == NULL) {
		list->last = NULL;
	}
	command->next = NULL;
	return command;
}

void batch_fail(struct command_list *batch, const struct err *err)
{
	while (batch->first != NULL) {
		struct store_command *command = take_first(batch);
		command->done(command, err);
	}
}

/* After DONE a command may be gone: it is taken off the list first. */
static void settle(struct writer *writer, struct command_list *batch)
{
	while (batch->first != NULL) {
		struct store_command *command = take_first(batch);
		atomic_fetch_add(&writer->commands, 1);
		command->done(command, command->failed ? &command->err : NULL);
	}
}

/* True when the command is settled within the transaction: applied, or refused with nothing written. */
static bool apply(struct writer *writer, struct store_txn *txn, struct store_command *command)
{
	struct db *db = &writer->db;

	db_forget(db);
	command->err = (struct err){.code = ERR_NONE};
	command->failed = !command->apply(command, txn, &command->err);
	if (!command->failed) {
		return db->trouble == DB_FINE ||
		       err_set(&command->err, ERR_INTERNAL, "a change went on after a statement had failed");
	}
	if (command->err.code == ERR_NONE) {
		err_set(&command->err, ERR_INTERNAL, "a change failed without a reason");
	}
	return !db->wrote && db->trouble <= DB_REFUSED && db_in_transaction(db);
}

/*
 * Ends a transaction that must not be committed. SQLite is asked whether it is still open: it may have ended
 * it by itself.
 */
static enum batch_end abandon(struct writer *writer)
{
	const enum db_trouble trouble = writer->db.trouble;
	struct err second;

	if (db_in_transaction(&writer->db) && !db_run(&writer->db, STATEMENT_ROLLBACK, &second) &&
	    db_in_transaction(&writer->db)) {
		return BATCH_BROKEN;
	}
	switch (trouble) {
	case DB_FULL: return BATCH_FULL;
	case DB_BROKEN: return BATCH_BROKEN;
	case DB_FINE:
	case DB_REFUSED: break;
	}
	return BATCH_REFUSED;
}

/*
 * A commit that fails for any other reason than space or a deferred constraint may still have reached the
 * disk.
 */
static enum batch_end commit(struct writer *writer, struct err *err)
{
	db_forget(&writer->db);
	if (db_run(&writer->db, STATEMENT_COMMIT, err)) {
		return BATCH_COMMITTED;
	}
	const bool constraint = writer->db.trouble == DB_REFUSED && db_in_transaction(&writer->db);
	const enum batch_end end = abandon(writer);
	return end == BATCH_REFUSED && !constraint ? BATCH_BROKEN : end;
}

static enum batch_end attempt(struct writer *writer, const struct command_list *batch, struct err *err)
{
	struct store_txn txn = {.db = &writer->db, .head = writer->head};

	db_forget(&writer->db);
	if (!db_run(&writer->db, STATEMENT_BEGIN, err)) {
		return abandon(writer);
	}
	for (struct store_command *command = batch->first; command != NULL; command = command->next) {
		if (!apply(writer, &txn, command)) {
			*err = command->err;
			return abandon(writer);
		}
	}
	const enum batch_end end = commit(writer, err);
	if (end == BATCH_COMMITTED) {
		writer->head = txn.head;
		atomic_fetch_add(&writer->commits, 1);
		atomic_store(&writer->last_event, (uint_fast64_t)txn.head.sequence);
	}
	return end;
}

/* Runs one batch to its end; false when the writer must stop. */
static bool finish(struct writer *writer, struct command_list *batch, struct err *err)
{
	switch (attempt(writer, batch, err)) {
	case BATCH_COMMITTED: settle(writer, batch); return true;
	case BATCH_FULL:
		err_set(err, ERR_STORAGE_FULL, "there is no space left for the record store");
		batch_fail(batch, err);
		return true;
	case BATCH_REFUSED:
		if (batch->count == 1) {
			batch_fail(batch, err);
		}
		return true;
	case BATCH_BROKEN: break;
	}
	err_wrap(err, "a write failed and its outcome is not known");
	err->code = ERR_OUTCOME_UNKNOWN;
	batch_fail(batch, err);
	return false;
}

bool batch_run(struct writer *writer, struct command_list *batch, struct err *err)
{
	if (!finish(writer, batch, err)) {
		return false;
	}
	while (batch->first != NULL) { /* the batch was refused */
		struct command_list single = {.first = NULL};
		command_list_add(&single, take_first(batch));
		if (!finish(writer, &single, err)) {
			return false;
		}
	}
	return true;
}
