// SPDX-License-Identifier: Apache-2.0
// Kills a store under load, opens it again and asks for everything that was acknowledged:
//   store_kill.mjs LOADER CHECKER ROUNDS [--must-lose]
// With --must-lose the loader has a fault, and the rig fails unless it notices within ROUNDS.
import { Ledger, fail, inspect, run, scratch } from './rig.mjs';

const [loader, checker, roundsText, flag] = process.argv.slice(2);
const rounds = Number(roundsText);
const mustLose = flag === '--must-lose';
const roundsPerFile = 10;

const killUnderLoad = async (path, ledger) => {
	let timer;
	let acknowledged = 0;
	const { signal, errors } = await run(loader, [path, '4', '0'], {
		onLine: (line, child) => {
			ledger.acknowledge(line);
			acknowledged++;
			// The clock starts with the first acknowledgement: a slow start must not make the round empty.
			timer ??= setTimeout(() => child.kill('SIGKILL'), 20 + Math.random() * 380);
		},
	});
	clearTimeout(timer);
	if (signal !== 'SIGKILL') {
		throw new Error(`the loader ended by itself: ${errors}`);
	}
	return acknowledged;
};

let total = 0;
let noticed = '';
let place = scratch();
let ledger = new Ledger();
for (let round = 1; round <= rounds && noticed === ''; round++) {
	if (round % roundsPerFile === 0) {
		place.remove();
		place = scratch();
		ledger = new Ledger();
	}
	try {
		total += await killUnderLoad(place.path, ledger);
		const lost = ledger.lost(await inspect(checker, place.path));
		if (lost.length > 0) {
			noticed = `round ${round}: ${lost.length} acknowledged requests are lost, such as ${lost[0]}`;
		}
	} catch (error) {
		noticed = `round ${round}: ${error.message}`;
	}
}
place.remove();

console.log(`${total} acknowledgements; ${noticed || 'nothing lost'}`);
if (total < rounds && noticed === '') {
	fail('too few acknowledgements to say anything');
}
if (mustLose ? !noticed.includes('lost') : noticed !== '') {
	fail(mustLose ? 'a loader that acknowledges too early went unnoticed' : noticed);
}
