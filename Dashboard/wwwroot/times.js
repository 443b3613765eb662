// The title of a time on the page: the instant in UTC and in the browser's own zone, and how long ago it is. It is written when somebody
// points at it, so that it is right at that moment and nothing has to be drawn again.
const units = [['day', 86_400], ['h', 3_600], ['min', 60], ['s', 1]];

const distance = ms => {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const [unit, length] = units.find(([, length]) => seconds >= 2 * length) ?? units.at(-1);
  const number = Math.floor(seconds / length);
  const words = `${number} ${unit}${unit === 'day' ? 's' : ''}`;
  return ms < 0 ? `in ${words}` : `${words} ago`;
};

const local = at => {
  const offset = -at.getTimezoneOffset();
  const two = number => String(number).padStart(2, '0');
  const text = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  return `${text} ${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
};

const titleOf = at => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [
    `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    ...zone === 'UTC' ? [] : [`${local(at)} (${zone})`],
    distance(Date.now() - at.getTime()),
  ].join('\n');
};

document.addEventListener('pointerover', event => {
  const time = event.target.closest?.('time[datetime]');
  const at = new Date(time?.dateTime);
  if (time && !Number.isNaN(at.getTime())) {
    time.title = titleOf(at);
  }
});
