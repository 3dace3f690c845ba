// The page as it is used: typed into, linked to, gone back in, driven by keys alone, broken on purpose.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeReady, linkOf, open } from './support.mjs';

const at = (page) => page.locator('.where b').innerText();
const notice = (page) => page.locator('.notice:not([hidden]) p').innerText();

async function type(page, field, value) {
  await page.locator(`#field-${field}`).fill(value);
  await page.locator(`#field-${field}`).press('Enter');
  await becomeReady(page);
}

test('a field that is wrong says so beside it, and the last good run stays', async () => {
  const page = await open('?s=state-machine&at=20');
  const before = await page.locator('.narrator').innerText();
  for (const [value, expected] of [['0', '1 to 1,000'], ['1001', '1 to 1,000'], ['three', '1 to 1,000'], ['', '1 to 1,000'], ['1.5', '1 to 1,000']]) {
    await type(page, 'callers', value);
    const message = await page.locator('#field-callers-error').innerText();
    assert(message.includes('calls') && message.includes(expected), `${JSON.stringify(value)}: ${message}`);
    assert.equal(await page.locator('#field-callers').getAttribute('aria-invalid'), 'true');
    assert.equal(await page.locator('#field-callers').getAttribute('aria-errormessage'), 'field-callers-error');
    assert.equal(await page.locator('.narrator').innerText(), before, 'the run stays');
    assert.equal(await page.locator('#field-callers').inputValue(), value, 'what was typed stays');
  }
  await type(page, 'callers', '2');
  assert.equal(await page.locator('#field-callers-error').isHidden(), true);
  assert.match(page.url(), /callers=2/);
  page.assertClean();
  await page.close();
});

test('two fields that are wrong say so each beside itself, and both aloud', async () => {
  const page = await open('?s=state-machine&at=20');
  await type(page, 'ring', '5000');
  await type(page, 'gap', 'soon');
  for (const [field, said] of [['ring', /^ring is 0 to 1,000, not 5000/], ['gap', /^gap is a whole number from 0 to 1,000, not “soon”/]]) {
    const error = page.locator(`#field-${field}-error`);
    assert.match(await error.innerText(), said);
    assert.equal(await page.locator(`#field-${field}`).getAttribute('aria-errormessage'), `field-${field}-error`);
    const [box, beside] = [await page.locator(`#field-${field}`).boundingBox(), await error.boundingBox()];
    assert(beside.x >= box.x + box.width && beside.y < box.y + box.height && beside.y + beside.height > box.y, `${field}: beside it`);
    assert.match(await page.locator('#aloud').innerText(), new RegExp(said.source.slice(1)));
  }
  await type(page, 'ring', '50');
  assert.equal(await page.locator('#field-ring-error').isHidden(), true);
  assert.equal(await page.locator('#field-gap-error').isHidden(), false, 'the other one stands');
  page.assertClean();
  await page.close();
});

test('a run is made anew by what is typed, chosen and reset', async () => {
  const page = await open('?s=state-machine');
  await type(page, 'callers', '3');
  await page.locator('#field-written').selectOption('async_fn');
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.match(page.url(), /callers=3/);
  assert.match(page.url(), /written=async_fn/);
  assert.equal(await page.locator('.machine .chain').count(), 1, 'one machine');
  await page.getByRole('button', { name: 'Reset' }).click();
  await becomeReady(page);
  assert.equal(await page.locator('#field-callers').inputValue(), '1');
  assert.equal(await page.locator('.machine .chain').count(), 2);
  page.assertClean();
  await page.close();
});

test('a link opens the same picture at the same step', async () => {
  const page = await open('?s=state-machine&callers=2&seed=11');
  for (let i = 0; i < 31; i += 1) await page.keyboard.press('ArrowRight');
  const picture = await page.locator('main').innerText();
  const other = await open(await linkOf(page));
  assert.equal(await at(other), '31');
  assert.equal(await other.locator('main').innerText(), picture);
  page.assertClean();
  other.assertClean();
  await Promise.all([page.close(), other.close()]);
});

test('the back button goes back through scenarios and parameters, each at its step', async () => {
  const page = await open('?s=state-machine');
  for (let i = 0; i < 9; i += 1) await page.keyboard.press('ArrowRight');
  await type(page, 'callers', '2');
  await page.locator('#field-callers').blur();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press(']');
  await page.locator('.slots').first().waitFor();
  await becomeReady(page);
  await page.goBack();
  await page.locator('.machine').first().waitFor();
  await becomeReady(page);
  assert.equal(await at(page), '5');
  assert.equal(await page.locator('#field-callers').inputValue(), '2');
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('#field-callers').value === '1');
  await becomeReady(page);
  assert.equal(await at(page), '9');
  await page.goForward();
  await page.waitForFunction(() => document.querySelector('#field-callers').value === '2');
  page.assertClean();
  await page.close();
});

for (const [search, expected] of [
  ['?s=no-such', /no scenario/],
  ['?s=', /no scenario/],
  ['?s=state-machine&callers=5000', /calls is 1 to 1,000, not 5000/],
  ['?s=state-machine&cat=1', /cat/],
  ['?s=state-machine&at=-3', /-3/],
  ['?s=state-machine&seed=x', /seed/],
  ['?s=state-machine&callers=<img src=x onerror=alert(1)>', /onerror/],
  ['?s=%E0%A4%A', /no scenario/],
  ['?s=call-centre&compare=__proto__&__proto__=1', /compare/],
  [`?s=state-machine&callers=${'9'.repeat(5000)}`, /calls is 1 to 1,000/],
]) {
  test(`the bad link ${search.slice(0, 60)} gets a notice, and a page that works`, async () => {
    const page = await open(search);
    assert.match(await notice(page), expected);
    assert.equal(await page.locator('main img, main script').count(), 0);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    assert.equal(await page.locator('.notice:not([hidden])').count(), 0);
    await page.keyboard.press('ArrowRight');
    assert.equal(await at(page), '1');
    page.assertClean();
    await page.close();
  });
}

test('everything works by keys alone', async () => {
  const page = await open('?s=state-machine', { reducedMotion: 'reduce' });
  const press = async (key, expected) => {
    await page.keyboard.press(key);
    assert.equal(await at(page), expected, `after ${key}`);
  };
  await press('ArrowRight', '1');
  await press('ArrowRight', '2');
  await press('ArrowLeft', '1');
  await page.keyboard.press('Shift+ArrowRight');
  assert.match(await page.locator('.narrator').innerText(), /returns|callback/);
  await page.keyboard.press('>');
  assert.match(await page.locator('.narrator').innerText(), /clock/);
  await page.keyboard.press('End');
  assert.match(await page.locator('.narrator').innerText(), /over/);
  await press('Home', '0');
  await page.keyboard.press(' ');
  await page.waitForFunction(() => Number(document.querySelector('.where b').textContent) >= 2);
  await page.keyboard.press(' ');
  const paused = await at(page);
  await page.waitForTimeout(600);
  assert.equal(await at(page), paused, 'paused');
  await page.keyboard.press('End');
  await page.keyboard.press('2');
  assert.match(await page.locator('.memory').innerText(), /2/);
  for (const [key, pane] of Object.entries({ c: 'code', m: 'machine', t: 'timeline', e: 'executor', b: 'memory' })) {
    await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.pane), pane);
  }
  await press('Home', '0');
  for (const [kind, expected] of [['w', /wakes/], ['s', /goes from|changes/], ['t', /timer/i], ['d', /dropped/]]) {
    await page.keyboard.press('n');
    await page.keyboard.press(kind);
    assert.match(await page.locator('.narrator').innerText(), expected, `n ${kind}`);
  }
  const dropped = await at(page);
  await page.keyboard.press('Shift+N');
  await page.keyboard.press('w');
  assert(Number(await at(page)) < Number(dropped), 'and back');
  await page.keyboard.press('?');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  // Every control that is shown can be reached by Tab, and shows that it has the focus.
  const wanted = await page.evaluate(() => [...document.querySelectorAll('button, input:not([type=radio]), select, a[href], [role=slider]')]
    .filter((el) => el.checkVisibility() && el.tabIndex >= 0 && !el.disabled).length);
  await page.evaluate(() => document.activeElement.blur());
  const reached = new Set();
  for (let i = 0; i < wanted + 40; i += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const el = document.activeElement;
      if (el === document.body) return undefined;
      el.dataset.reached = 'yes';
      const ring = (e) => getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) > 0;
      const shown = ring(el) || ring(el.parentElement) || el.matches('[tabindex="0"]') || getComputedStyle(el).boxShadow !== 'none';
      return { name: el.ariaLabel ?? el.textContent ?? el.id, shown };
    });
    if (seen) {
      assert(seen.shown, `${seen.name} shows its focus`);
      reached.add(seen.name);
    }
  }
  const missed = await page.evaluate(() => [...document.querySelectorAll('button, input:not([type=radio]), select, a[href], [role=slider]')]
    .filter((el) => el.checkVisibility() && el.tabIndex >= 0 && !el.disabled && el.dataset.reached !== 'yes').map((el) => el.ariaLabel ?? el.textContent ?? el.id));
  assert.deepEqual(missed, [], 'controls that Tab does not reach');
  page.assertClean();
  await page.close();
});

test('keys in a field are the field\'s own', async () => {
  const page = await open('?s=state-machine&at=5');
  const before = await at(page);
  await page.locator('#field-callers').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press(']');
  assert.equal(await at(page), before);
  assert.match(page.url(), /state-machine/);
  await page.close();
});

test('the scrubber is a slider for keys, mouse and screen reader', async () => {
  const page = await open('?s=state-machine');
  const slider = page.getByRole('slider');
  const box = await slider.boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const middle = Number(await at(page));
  const last = Number(await slider.getAttribute('aria-valuemax'));
  assert(Math.abs(middle - last / 2) <= 2, `${middle} of ${last}`);
  // Told when the page stands still.
  await page.waitForFunction((now) => document.querySelector('[role="slider"]').getAttribute('aria-valuenow') === now, `${middle}`);
  await slider.focus();
  await page.keyboard.press('End');
  assert.equal(Number(await at(page)), last);
  page.assertClean();
  await page.close();
});

test('language and theme are switched, complete, and remembered', async () => {
  const page = await open('?s=state-machine&at=30');
  const before = await at(page);
  await page.getByRole('button', { name: '한국어' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'ko');
  assert.match(await page.locator('.narrator').innerText(), /[가-힣]/);
  assert.equal(await at(page), before);
  // Latin words that are left are names of the language's own.
  const latin = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3, .idea p, .predict p, .counters dt, .legend span, label, .step span, .narrator')]
    .map((el) => [...el.childNodes].filter((n) => n.nodeType === 3).map((n) => n.textContent.trim()).join(' '))
    .filter((text) => /[A-Za-z]{3}/.test(text) && !/[가-힣]/.test(text)));
  assert.deepEqual(latin.filter((text) => !/^(local_var|async|Rust|JavaScript|wasm|Promise|Future|Pin)/.test(text)), [], 'texts without Korean');
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  const first = await theme();
  await page.locator('.bar button[aria-label]').filter({ has: page.locator('.ic-theme') }).click();
  assert.notEqual(await theme(), first);
  await page.reload();
  await becomeReady(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'ko');
  assert.notEqual(await theme(), first);
  page.assertClean();
  await page.close();
});

test('a panic ends the run in red, its trace is kept, and the page goes on', async () => {
  const page = await open('?s=state-machine&line=cut');
  await page.keyboard.press('End');
  assert.match(await page.locator('.narrator').innerText(), /panic/);
  await page.keyboard.press('ArrowLeft');
  assert.match(await page.locator('.narrator').innerText(), /the line to 12345 was cut/);
  await page.locator('.pane .panicked:visible').first().waitFor();
  await page.locator('#field-line').selectOption('clear');
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.match(await page.locator('.narrator').innerText(), /over/);
  page.assertClean();
  await page.close();
});

test('ten thousand callers are run and drawn to the last', async () => {
  const page = await open('?s=call-centre');
  await type(page, 'callers', '10000');
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  assert.match(await page.locator('.pane.staffings').innerText(), /10,000/);
  const events = Number((await page.locator('.where').innerText()).split('/')[1].split('\n')[0].replace(/\D/g, ''));
  assert(events > 200_000, `${events} events`);
  page.assertClean();
  await page.close();
});

test('what a step touches does not grow with the tasks', async () => {
  const most = async (callers) => {
    const page = await open(`?s=state-machine&written=async_fn&gap=0&callers=${callers}&at=${callers * 4}`);
    await page.evaluate(() => {
      window.touched = new Set();
      new MutationObserver((records) => {
        for (const { target } of records) window.touched.add(target);
      }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    let most = 0;
    for (let i = 0; i < 30; i += 1) {
      await page.keyboard.press('ArrowRight');
      most = Math.max(most, await page.evaluate(() => {
        const n = window.touched.size;
        window.touched.clear();
        return n;
      }));
    }
    await page.close();
    return most;
  };
  const [few, many] = [await most(10), await most(1000)];
  assert(many <= 120, `${many} nodes a step with 1,000 tasks`);
  assert(many <= few + 40, `${few} nodes with 10 tasks, ${many} with 1,000`);
});

test('a live run is recorded, and recorded anew', async () => {
  const page = await open('?s=promise-future&wait=5&rust_ms=10');
  await page.keyboard.press('End');
  const first = await page.locator('.where').innerText();
  assert.match(first, /ms/);
  await page.locator('#field-outcome').selectOption('reject');
  await becomeReady(page);
  await page.keyboard.press('End');
  await page.locator('#field-outcome').selectOption('never');
  await becomeReady(page);
  await page.keyboard.press('End');
  assert.match(await page.locator('.narrator').innerText(), /still waiting/);
  page.assertClean();
  await page.close();
});

test('reduced motion: nothing moves by itself', async () => {
  const page = await open('?s=state-machine', { reducedMotion: 'reduce' });
  await page.keyboard.press('ArrowRight');
  const moving = await page.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running').length);
  assert.equal(moving, 0);
  await page.close();
});
