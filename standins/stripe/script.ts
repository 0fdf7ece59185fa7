/**
 * What the browser loads in place of Stripe.js: the part of its surface that our payment page uses.
 * The card number goes from the form to the stand-in and never to the house, as with the original.
 */
export const scriptText = String.raw`(() => {
  'use strict';
  const base = new URL('./', document.currentScript.src);
  const words = {
    ja: {
      trial: '試験環境です。試験用のカード番号だけが使えます（例：4242 4242 4242 4242）。',
      number: 'カード番号',
      expiry: '有効期限（月／年）',
      cvc: 'セキュリティコード',
      offline: '通信できませんでした。もう一度お試しください。',
    },
    en: {
      trial: 'Test environment: only test cards work, such as 4242 4242 4242 4242.',
      number: 'Card number',
      expiry: 'Expiry (MM/YY)',
      cvc: 'Security code',
      offline: 'The connection failed. Please try again.',
    },
  };
  const fields = [
    { name: 'number', inputmode: 'numeric', autocomplete: 'cc-number', placeholder: '4242 4242 4242 4242' },
    { name: 'expiry', inputmode: 'text', autocomplete: 'cc-exp', placeholder: '12/34' },
    { name: 'cvc', inputmode: 'numeric', autocomplete: 'cc-csc', placeholder: '123' },
  ];
  let count = 0;

  const makeField = (field, text) => {
    const row = document.createElement('div');
    const label = document.createElement('label');
    const input = document.createElement('input');
    count += 1;
    input.id = 'stripe-stand-in-' + field.name + '-' + count;
    input.name = 'stripe-stand-in-' + field.name;
    input.type = 'text';
    input.setAttribute('inputmode', field.inputmode);
    input.setAttribute('autocomplete', field.autocomplete);
    input.placeholder = field.placeholder;
    label.htmlFor = input.id;
    label.textContent = text;
    for (const [part, rules] of [
      [label, { display: 'block', fontWeight: '700', margin: '1rem 0 0.25rem' }],
      [input, { font: 'inherit', minHeight: '48px', width: '100%', boxSizing: 'border-box', padding: '0.5rem 0.75rem' }],
    ]) Object.assign(part.style, rules);
    row.append(label, input);
    return { row, input };
  };

  const makeElement = (language) => {
    const listeners = { ready: [], change: [], focus: [], blur: [] };
    const tell = (name, event) => listeners[name].forEach((listener) => listener(event));
    const inputs = {};
    let box;
    const isComplete = () => fields.every(({ name }) => inputs[name].value.trim() !== '');
    const element = {
      mount(place) {
        const target = typeof place === 'string' ? document.querySelector(place) : place;
        if (!target) throw new Error('There is no element to mount the Payment Element on.');
        box = document.createElement('div');
        box.setAttribute('role', 'group');
        box.setAttribute('aria-label', words[language].number);
        const note = document.createElement('p');
        note.textContent = words[language].trial;
        box.append(note);
        for (const field of fields) {
          const { row, input } = makeField(field, words[language][field.name]);
          inputs[field.name] = input;
          input.addEventListener('input', () =>
            tell('change', { elementType: 'payment', complete: isComplete(), empty: !isComplete(), value: { type: 'card' } }),
          );
          box.append(row);
        }
        target.replaceChildren(box);
        Promise.resolve().then(() => tell('ready', { elementType: 'payment' }));
        return element;
      },
      unmount() {
        box?.remove();
      },
      destroy() {
        box?.remove();
      },
      focus() {
        inputs.number?.focus();
      },
      on(name, listener) {
        (listeners[name] ??= []).push(listener);
        return element;
      },
      off(name, listener) {
        listeners[name] = (listeners[name] ?? []).filter((known) => known !== listener);
        return element;
      },
      entry: () => Object.fromEntries(fields.map(({ name }) => [name, inputs[name].value])),
    };
    return element;
  };

  const makeElements = ({ clientSecret, locale = 'ja' }) => {
    const language = String(locale).startsWith('en') ? 'en' : 'ja';
    let payment;
    return {
      create(type) {
        if (type !== 'payment') throw new Error('The stand-in knows the Payment Element only.');
        if (payment) throw new Error('Can only create one Payment Element.');
        payment = makeElement(language);
        return payment;
      },
      getElement: (type) => (type === 'payment' ? (payment ?? null) : null),
      update() {},
      fetchUpdates: async () => ({}),
      submit: async () => ({ selectedPaymentMethod: 'card' }),
      standIn: { clientSecret, language, entry: () => payment.entry() },
    };
  };

  const confirmPayment = async ({ elements, clientSecret, confirmParams = {}, redirect = 'always' }) => {
    const { standIn } = elements;
    const request = {
      clientSecret: clientSecret ?? standIn.clientSecret,
      returnUrl: new URL(confirmParams.return_url ?? location.href, location.href).href,
      ...standIn.entry(),
    };
    const offline = { error: { type: 'api_connection_error', message: words[standIn.language].offline } };
    const answer = await fetch(new URL('card/confirmations', base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
      .then((response) => response.json())
      .catch(() => offline);
    if (answer.error) return { error: answer.error };
    if (redirect === 'if_required' && answer.status === 'succeeded') {
      return { paymentIntent: { id: answer.id, status: answer.status } };
    }
    location.assign(new URL(answer.redirectTo, location.href));
    return new Promise(() => {});
  };

  const Stripe = (publishableKey) => {
    if (!String(publishableKey).startsWith('pk_')) throw new Error('A publishable key begins with pk_.');
    return { elements: makeElements, confirmPayment };
  };
  Stripe.version = 'stand-in';
  window.Stripe = Stripe;
})();
`;
