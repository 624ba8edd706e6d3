// Headless Chromium that draws WebGL in software.
import fs from 'node:fs';
import { chromium } from 'playwright-core';

const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

export function launch() {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    if (!fs.existsSync(executablePath)) throw new Error(`no browser at ${executablePath}: run scripts/setup`);
    return chromium.launch({ executablePath, headless: true, args: flags });
}

// How many different colours a screenshot shows.
export async function coloursOf(browser, png) {
    const page = await browser.newPage();
    try {
        return await page.evaluate(async (bytes) => {
            const image = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: 'image/png' }));
            const drawing = new OffscreenCanvas(image.width, image.height).getContext('2d');
            drawing.drawImage(image, 0, 0);
            const pixels = new Uint32Array(drawing.getImageData(0, 0, image.width, image.height).data.buffer);
            return new Set(pixels).size;
        }, [...png]);
    } finally {
        await page.close();
    }
}
