// The page's side of web/platform: frames on demand, keyboard, clipboard, storage and the hidden mirror.
// It is put before Emscripten's own code and shares its scope; names with a leading _ are C++ functions.

// What browser tests and the console may read.
// How many frames were drawn, when the first was (since the navigation), and how long each call of the program took.
globalThis.kubetab = { frames: 0, firstFrameMs: 0, taskTimes: [], trouble: '' };

var kubetabPage = (() => {
    const $ = (id) => document.getElementById(id);
    const stage = $('stage'), canvas = $('canvas'), keyboard = $('keyboard'), notice = $('notice');
    const onMac = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform ?? '');
    const parts = ['lesson', 'terminal', 'cluster', 'inspector', 'timeline', 'status'];
    let running = false;

    // ---- frames and timers: nothing runs unless something asked for it

    let frameAsked = false;
    let timer = 0;

    function requestFrame() {
        if (frameAsked || !running) return;
        frameAsked = true;
        requestAnimationFrame(drawFrame);
    }

    function drawFrame() {
        frameAsked = false;
        timed(() => _kt_frame());
        kubetab.frames += 1;
        kubetab.firstFrameMs ||= performance.now();
    }

    function timed(call) {
        const begin = performance.now();
        call();
        kubetab.taskTimes.push(performance.now() - begin);
        if (kubetab.taskTimes.length > 10000) kubetab.taskTimes.splice(0, 5000);
    }

    // One timer: the next call replaces it. A negative delay means never.
    function wakeAfter(delay) {
        clearTimeout(timer);
        timer = delay < 0 ? 0 : setTimeout(() => timed(() => _kt_tick()), Math.min(delay, 0x7fffffff));
    }

    // ---- keyboard: SDL listens on #stage and cancels what it gets, so decide here, earlier, what it may see

    let terminalKeys = false;
    let copying = null;  // what a copy or cut in progress has put on the clipboard
    let copyAsked = false;

    function passToBrowser(event) {
        const { key, code, altKey, shiftKey } = event;
        const command = event.ctrlKey || event.metaKey;
        if (/^F(5|6|11|12)$/.test(key)) return true;
        if (event.metaKey && onMac) return !/^Key[ACVXZ]$/.test(code);
        if (command && /^(Equal|Minus|Digit\d|Numpad(Add|Subtract|\d)|Tab|PageUp|PageDown)$/.test(code)) return true;
        if (command && /^Key[TNW]$/.test(code)) return true;
        if (command && shiftKey && /^Key[IJCRNTPV]$/.test(code)) return true;
        if (terminalKeys) return false;
        if (command && /^Key[RLFPDSUOHJ]$/.test(code)) return true;
        return altKey && /^Arrow(Left|Right)$/.test(code);
    }

    function onKeyDown(event) {
        const plain = !event.altKey && !event.shiftKey && (onMac ? event.metaKey && !event.ctrlKey : event.ctrlKey);
        if (event.isComposing || event.keyCode === 229) {
            event.stopPropagation();  // the input method's own keys
        } else if (plain && event.code === 'KeyV') {
            event.stopPropagation();  // a paste event follows
        } else if (plain && (event.code === 'KeyC' || event.code === 'KeyX')) {
            event.stopPropagation();  // a copy or cut event follows, unless there is nothing the browser could copy
            copyAsked = true;
            setTimeout(() => copyAsked && runShortcut(event.code), 0);
        } else if (passToBrowser(event)) {
            event.stopPropagation();
        }
    }

    function runShortcut(code) {
        copyAsked = false;
        _kt_shortcut(code.charCodeAt(3));
    }

    function onCopy(event, code) {
        copying = '';
        runShortcut(code);
        if (copying) {
            event.clipboardData.setData('text/plain', copying);
            event.preventDefault();
        }
        copying = null;
    }

    function onPaste(event) {
        const text = event.clipboardData?.getData('text/plain') ?? '';
        event.preventDefault();
        if (text) withText(text, (pointer) => _kt_paste(pointer));
    }

    function onText(event) {
        if (event.isComposing) return;
        const text = keyboard.value.replace(/[\r\n\t]/g, '');
        keyboard.value = '';
        if (text) withText(text, (pointer) => _kt_text(pointer));
    }

    function withText(text, use) {
        timed(() => {
            const pointer = stringToNewUTF8(text);
            use(pointer);
            _free(pointer);
        });
    }

    // On a touch screen a focused text field raises the on-screen keyboard: only while text is wanted.
    function focusKeyboard(wanted) {
        const target = wanted || matches('(pointer: fine)') ? keyboard : canvas;
        if (document.activeElement !== target) target.focus({ preventScroll: true });
    }

    function placeKeyboard(x, y, height) {
        keyboard.style.transform = `translate(${x}px, ${y}px)`;
        keyboard.style.height = `${height}px`;
    }

    function copy(text) {
        if (copying !== null) {
            copying = text;
        } else if (navigator.clipboard) {
            navigator.clipboard.writeText(text).catch(() => copyByCommand(text));
        } else {
            copyByCommand(text);
        }
    }

    // Plain http on a LAN has no clipboard object.
    function copyByCommand(text) {
        const take = (event) => {
            event.stopImmediatePropagation();
            event.preventDefault();
            event.clipboardData.setData('text/plain', text);
        };
        window.addEventListener('copy', take, { capture: true, once: true });
        document.execCommand('copy');
        window.removeEventListener('copy', take, { capture: true });
    }

    // ---- size: whole device pixels, also when only the ratio changes

    function fitCanvas() {
        const ratio = devicePixelRatio;
        canvas.style.width = `${Math.floor(innerWidth * ratio) / ratio}px`;
        canvas.style.height = `${Math.floor(innerHeight * ratio) / ratio}px`;
        requestFrame();
    }

    function watchRatio() {
        matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
            window.dispatchEvent(new Event('resize'));
            watchRatio();
        }, { once: true });
    }

    // Asked every frame: a query that is made once is cheap to look at.
    const queries = {};

    function matches(query) {
        queries[query] ??= matchMedia(query);
        return queries[query].matches;
    }

    // ---- leaving

    function onBeforeUnload(event) {
        event.preventDefault();
        event.returnValue = '';
    }

    function warnBeforeLeaving(warn) {
        window[warn ? 'addEventListener' : 'removeEventListener']('beforeunload', onBeforeUnload);
    }

    // ---- storage

    function load(name) {
        try {
            return localStorage.getItem(`kubetab.${name}`);
        } catch {
            return null;
        }
    }

    function save(name, value) {
        try {
            localStorage.setItem(`kubetab.${name}`, value);
        } catch {
            // A private tab or a full store keeps nothing.
        }
    }

    function download(name, content) {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob([content], { type: 'text/plain' }));
        link.download = name;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }

    // ---- mirror

    const decoder = new TextDecoder();

    function elementOf(part, item) {
        let element;
        if (item.action) {
            element = document.createElement('button');
            element.type = 'button';
            element.dataset.action = item.action;
        } else {
            element = document.createElement(item.heading ? 'h2' : part === 'lesson' ? 'p' : 'div');
        }
        element.append(item.text);
        if (part !== 'cluster' && part !== 'inspector' && part !== 'timeline') return element;
        const entry = document.createElement('li');
        entry.append(element);
        return entry;
    }

    // Whether the entry could be made to show the item. Nothing is touched that says the same already, so that a screen
    // reader announces no more than what changed.
    function reuse(entry, item) {
        const element = entry.tagName === 'LI' ? entry.firstChild : entry;
        const action = element.dataset.action ?? '';
        if (!action !== !item.action || (element.tagName === 'H2') !== item.heading) return false;
        if (action !== item.action) element.dataset.action = item.action;
        const text = element.firstChild;
        if (text.data !== item.text) text.data = item.text;
        return true;
    }

    // Items in the program's memory: text, action and 'h' for a heading, each with a NUL behind it.
    function itemsAt(pointer, length) {
        const fields = decoder.decode(HEAPU8.subarray(pointer, pointer + length)).split('\0');
        const items = [];
        for (let i = 0; i + 3 <= fields.length; i += 3) {
            items.push({ text: fields[i], action: fields[i + 1], heading: fields[i + 2] === 'h' });
        }
        return items;
    }

    // Puts items in place of `count` entries from the one of that number on.
    function mirror(number, from, count, pointer, length) {
        const part = parts[number];
        const element = $(`mirror-${part}`);
        const items = itemsAt(pointer, length);
        let entry = element.childNodes[from] ?? null;
        for (const [i, item] of items.entries()) {
            const old = i < count ? entry : null;
            if (old !== null) entry = old.nextSibling;
            if (old === null) {
                element.insertBefore(elementOf(part, item), entry);
            } else if (!reuse(old, item)) {
                old.replaceWith(elementOf(part, item));
            }
        }
        for (let i = items.length; i < count; i++) {
            const next = entry.nextSibling;
            entry.remove();
            entry = next;
        }
    }

    // ---- start

    function listen() {
        window.addEventListener('keydown', onKeyDown, { capture: true });
        window.addEventListener('keypress', (event) => event.stopPropagation(), { capture: true });
        window.addEventListener('copy', (event) => onCopy(event, 'KeyC'));
        window.addEventListener('cut', (event) => onCopy(event, 'KeyX'));
        window.addEventListener('paste', onPaste);
        window.addEventListener('resize', fitCanvas, { capture: true });
        window.addEventListener('wheel', (event) => {
            if (event.ctrlKey) event.stopPropagation();  // zooms the page
        }, { capture: true });
        keyboard.addEventListener('input', onText);
        keyboard.addEventListener('compositionend', onText);
        canvas.addEventListener('contextmenu', (event) => event.preventDefault());
        canvas.addEventListener('pointerdown', () => focusKeyboard(false), { capture: true });
        canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
        canvas.addEventListener('webglcontextrestored', () => {
            _kt_context_restored();
            requestFrame();
        });
        window.addEventListener('hashchange', () => _kt_address_changed());
        document.addEventListener('visibilitychange', requestFrame);
        $('mirror').addEventListener('click', (event) => {
            const action = event.target.closest('[data-action]')?.dataset.action;
            if (action) withText(action, (pointer) => _kt_activate(pointer));
        });
        for (const query of ['(prefers-color-scheme: light)', '(prefers-reduced-motion: reduce)']) {
            matchMedia(query).addEventListener('change', requestFrame);
        }
        watchRatio();
    }

    function start() {
        running = true;
        listen();
        notice.hidden = true;
        focusKeyboard(false);
        requestFrame();
    }

    // The page cannot go on; says so where everybody sees it.
    function trouble(text) {
        running = false;
        kubetab.trouble = text;
        notice.className = 'trouble';
        notice.textContent = `${text}\n\nReload the page to start again.`;
        notice.hidden = false;
        warnBeforeLeaving(false);
    }

    return {
        onMac, start, trouble, requestFrame, wakeAfter, fitCanvas, focusKeyboard, placeKeyboard, copy,
        warnBeforeLeaving, load, save, download, mirror, matches,
        shareKeys: (terminal) => { terminalKeys = terminal; },
    };
})();

{
    const lines = [];
    Module['canvas'] = document.getElementById('canvas');
    Module['printErr'] = (line) => {
        lines.push(line);
        lines.splice(0, lines.length - 20);
        console.error(line);
    };
    Module['onAbort'] = (what) => kubetabPage.trouble(`kubetab stopped: ${[...lines, what].join('\n')}`);
    addEventListener('error', (event) => {
        if (!kubetab.trouble) kubetabPage.trouble(`kubetab stopped: ${event.message}\n${lines.join('\n')}`);
    });
    kubetabPage.fitCanvas();
    // While the program is being fetched, the browser gets ready to draw. Emscripten later gets this same context.
    setTimeout(() => {
        const attributes = { alpha: false, antialias: false, depth: false, stencil: false };
        if (Module['canvas'].getContext('webgl2', attributes)) return;
        kubetabPage.trouble('kubetab draws with WebGL 2, which this browser does not offer here.');
    }, 0);
}
