/* What a browser tab remembers of the presenter: that it runs, how far it has come in the module it showed last, and
   whether the wall is dark. Forgotten when the course is emptied. */
import { tab } from './course.js';

const shown = () => JSON.parse(tab.get('shown') ?? '{}');

export const began = module => tab.set('presenting', module.name);
export const ended = () => tab.remove('presenting');
export const isRunning = module => tab.get('presenting') === module.name;

export const moved = (module, at, withMore) => tab.set('shown', JSON.stringify({ module: module.name, at, withMore }));
export const hasShown = module => shown().module === module.name;
export const shownOf = module => (hasShown(module) ? shown() : { at: 0 });

export const setDark = on => tab.set('present-dark', on ? '1' : '');
export const isDark = () => tab.get('present-dark') === '1';
