export const createHero = () => { throw new Error('not yet'); };
