import { mount } from 'svelte';

import { backend } from '#backend';
import './app.css';
import App from './App.svelte';
import { noReload } from './lib/no-reload';

noReload(window);
const target = document.getElementById('window');
if (target) mount(App, { target, props: { backend: backend() } });
