import * as preact from "preact";
import * as preactHooks from "preact/hooks";
import { jsx as preactJsx } from "preact/jsx-runtime";
import { jsx } from "../../../frontend/widget/renderer/elements.ts";
import { useEffect, useState } from "../../../frontend/widget/renderer/hooks.ts";
import { render } from "../../../frontend/widget/renderer/render.ts";
import { drawing, type Renderer } from "./drawing.ts";

/** Put together for a browser by `renderer.test.ts`: both renderers, to be compared. */
Object.assign(window, {
  preact: drawing({ jsx: preactJsx, render: preact.render, ...preactHooks } as unknown as Renderer),
  ours: drawing({ jsx, render, useState, useEffect } as unknown as Renderer),
});
