/** Binds the template syntax to the renderer, and re-exports what pages need of both libraries. */
import { h, render, Fragment } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import htm from 'htm';

/** Template tag whose values become text nodes, attributes and listeners, never markup. */
export const html = htm.bind(h);

export { Fragment, render, useCallback, useEffect, useMemo, useRef, useState };
