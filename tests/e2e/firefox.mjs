// Firefox, driven by its own protocol, Marionette: JSON with its length in
// front, over a socket. https://firefox-source-docs.mozilla.org/testing/marionette/

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

class Marionette {
	constructor(socket) {
		this.socket = socket;
		this.bytes = Buffer.alloc(0);
		this.waiting = new Map();
		this.last = 0;
		socket.on('data', data => this.take(data));
		const fail = e => this.waiting.forEach(w => w.reject(
			e instanceof Error ? e : new Error('firefox has gone')));
		socket.on('error', fail);
		socket.on('close', fail);
	}

	take(data) {
		this.bytes = Buffer.concat([this.bytes, data]);
		for (;;) {
			const colon = this.bytes.indexOf(':');
			const length = Number(this.bytes.subarray(0, Math.max(colon, 0)));
			if (colon < 0 || this.bytes.length < colon + 1 + length)
				return;
			const message = JSON.parse(this.bytes.subarray(colon + 1,
				colon + 1 + length));
			this.bytes = this.bytes.subarray(colon + 1 + length);
			if (!Array.isArray(message))
				continue; // it says hello
			const [, id, error, result] = message;
			const wait = this.waiting.get(id);
			this.waiting.delete(id);
			if (error)
				wait?.reject(new Error(`${error.error}: ${error.message}`));
			else
				wait?.resolve(result);
		}
	}

	send(name, parameters = {}) {
		const id = ++this.last;
		const text = JSON.stringify([0, id, `WebDriver:${name}`, parameters]);
		return new Promise((resolve, reject) => {
			this.waiting.set(id, { resolve, reject });
			this.socket.write(`${Buffer.byteLength(text)}:${text}`);
		});
	}

	// The function is sent as text: it can use nothing but its arguments.
	async run(f, ...args) {
		const { value } = await this.send('ExecuteScript', {
			script: `return (${f}).apply(null, arguments)`, args });
		return value;
	}

	async shot(element) {
		const { value } = await this.send('TakeScreenshot', { id: Object.values(
			element)[0], full: false, scroll: true });
		return value;
	}
}

async function connect(profile, process) {
	const file = path.join(profile, 'MarionetteActivePort');
	for (let i = 0; i < 300; i++) {
		await new Promise(wake => setTimeout(wake, 100));
		if (process.exitCode !== null)
			throw new Error(`firefox ended with ${process.exitCode}`);
		if (!fs.existsSync(file))
			continue;
		const port = Number(fs.readFileSync(file, 'utf8'));
		const socket = net.connect(port, '127.0.0.1');
		await new Promise((resolve, reject) => {
			socket.once('connect', resolve);
			socket.once('error', reject);
		});
		return new Marionette(socket);
	}
	throw new Error('firefox does not open a port');
}

// Calls test with a Firefox that has no window and an empty profile.
export async function withFirefox(program, test) {
	const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'ergen-firefox-'));
	fs.writeFileSync(path.join(profile, 'user.js'), [
		['marionette.port', 0], ['app.update.enabled', false],
		['datareporting.policy.dataSubmissionEnabled', false],
		['browser.shell.checkDefaultBrowser', false],
		['network.captive-portal-service.enabled', false],
		['network.connectivity-service.enabled', false],
		['services.settings.server', 'data:,'],
		['browser.safebrowsing.update.enabled', false],
	].map(p => `user_pref(${p.map(x => JSON.stringify(x)).join(', ')});\n`).join(''));
	const process = spawn(program, ['--headless', '--marionette', '--no-remote',
		'--profile', profile], { stdio: 'ignore', env: { ...globalThis.process.env,
		HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' } });
	try {
		const firefox = await connect(profile, process);
		await firefox.send('NewSession', {});
		await test(firefox);
		firefox.waiting.clear();
		firefox.socket.destroy();
	} finally {
		const ended = new Promise(wake => process.once('exit', wake));
		if (process.exitCode === null)
			process.kill();
		await ended;
		fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
	}
}
