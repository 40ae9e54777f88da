/* How a meeting stands against its plan. Minutes only: no clock is read here. */

const ENOUGH = 3; // minutes behind before anything is proposed
const LONG_AFTER = 30; // minutes after a meeting's end, when the next group may be there

// Where a meeting is, in minutes of one clock: it waits for somebody to begin it, also after the hour it is planned for
// (`ahead`: before that), it is running, or it is over. `begun` and `planned` are null where there is none.
export function phase({ begun, planned, now, minutes }) {
  if (begun !== null) return now - begun > minutes + LONG_AFTER ? 'over' : 'running';
  return planned !== null && planned > now ? 'ahead' : 'waiting';
}

// When each part of a plan begins and ends, in minutes from the beginning. A break belongs to the part before it.
export function spans(parts) {
  let gone = 0;
  return parts.map((part, at) => {
    const begins = gone;
    gone += part.minutes;
    const rest = parts[at + 1]?.id === '' ? parts[at + 1].minutes : 0;
    return { ...part, begins, ends: gone + rest };
  });
}

// `gone` minutes after the beginning, while the part `id` is on the wall: how far behind (negative: ahead), and which
// later parts to leave out, the lowest in priority first, until the time is won back. Null for a part not in the plan.
export function standing(parts, id, gone) {
  const all = spans(parts);
  const at = all.findIndex(part => part.id === id);
  if (at < 0) return null;
  const behind = gone > all[at].ends ? gone - all[at].ends : Math.min(0, gone - all[at].begins);
  return { behind, skip: behind >= ENOUGH ? toSkip(all.slice(at + 1), behind) : [] };
}

function toSkip(later, behind) {
  const found = [];
  let won = 0;
  const free = later.filter(part => part.id && !part.essential).sort((one, other) => other.rank - one.rank);
  for (const part of free) {
    if (won >= behind) break;
    found.push(part.id);
    won += part.minutes;
  }
  return found;
}
