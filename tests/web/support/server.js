// Serves the built page on loopback, compressed as scripts/serve does, and counts what it sent.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.wasm': 'application/wasm' };

export async function serve(folder) {
    const served = { bytes: 0 };
    const server = http.createServer((request, response) => {
        const name = request.url === '/' ? 'index.html' : path.basename(new URL(request.url, 'http://host').pathname);
        const file = path.join(folder, name);
        const type = types[path.extname(name)];
        if (!type || !fs.existsSync(file)) {
            response.writeHead(404).end();
            return;
        }
        const packed = fs.existsSync(`${file}.br`);
        const content = fs.readFileSync(packed ? `${file}.br` : file);
        served.bytes += content.length;
        response.writeHead(200, { 'content-type': type, ...(packed && { 'content-encoding': 'br' }) }).end(content);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    served.address = `http://127.0.0.1:${server.address().port}/`;
    served.close = () => server.close();
    return served;
}
