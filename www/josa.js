// Korean particles: which form follows a word depends on whether its last sound is a consonant. Names of tasks and
// futures are words of a program, so that is read off them here, and the catalogue says where a particle stands:
// {who}{who_i} is 이 or 가 after who, likewise _eul (을, 를), _eun (은, 는), _euro (으로, 로) and _gwa (과, 와).

/** @type {Record<string, [string, string]>} */
const FORMS = { i: ['이', '가'], eul: ['을', '를'], eun: ['은', '는'], euro: ['으로', '로'], gwa: ['과', '와'] };

// Digits by their Korean names: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구.
const DIGITS = [true, true, false, true, false, false, true, true, true, false];

/**
 * The last sound of a word: a consonant, ㄹ, or a vowel.
 * @param {string} word
 * @returns {'consonant' | 'rieul' | 'vowel'}
 */
export function lastSound(word) {
  const letters = word.replace(/[^\p{L}\p{N}]+$/u, '');
  const last = letters.at(-1) ?? '';
  const code = last.charCodeAt(0);
  if (code >= 0xac00 && code <= 0xd7a3) {
    const final = (code - 0xac00) % 28;
    if (final === 0) return 'vowel';
    return final === 8 ? 'rieul' : 'consonant';
  }
  if (/\d/.test(last)) {
    if (/[178]$/.test(last)) return 'rieul';
    return DIGITS[Number(last)] ? 'consonant' : 'vowel';
  }
  // As English words are written in Korean: a silent e is none; m, n and l close the syllable, and stops after a short vowel: 'lock'
  // is 록, and 'race' 레이스; after a long one they do not: 'await' is 어웨이트.
  const isLong = /[aeiou][^aeiou]e$/i.test(letters);
  const sound = isLong ? letters.slice(0, -1) : letters;
  if (/l$/i.test(sound)) return 'rieul';
  if (/(?:[mn]|ng)$/i.test(sound) || (!isLong && /[aeiou](?:ck|[bckpt])$/i.test(sound) && !/(?:ai|oo|oa)[bckpt]$/i.test(sound))) return 'consonant';
  return 'vowel';
}

/**
 * The particles after a word, as arguments of a message: `who_i` and so on.
 * @param {string} name the argument's
 * @param {string} word
 * @returns {Record<string, string>}
 */
export function particles(name, word) {
  const sound = lastSound(word);
  /** @param {string} form */
  const is = (form) => FORMS[form]?.[sound === 'vowel' || (form === 'euro' && sound === 'rieul') ? 1 : 0] ?? '';
  return Object.fromEntries(Object.keys(FORMS).map((form) => [`${name}_${form}`, is(form)]));
}
