namespace AmfmSite.BrowserTests.Browsing;

/// <summary>What a page says to somebody who hears it, jumps from heading to heading, or goes from link to link.</summary>
public static class ReadingOrder
{
    /// <summary>Headings that leave a level out, have no words, or a title that is not one.</summary>
    public static Task<string[]> HeadingsSkipAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const found = [], headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(heading => heading.checkVisibility());
          const tops = headings.filter(heading => heading.localName === 'h1').length;
          if (tops !== 1) found.push(`${tops} h1`);
          let before = 0;
          for (const heading of headings) {
            const level = Number(heading.localName[1]);
            // A summary of mistakes stands above the title, so that it is read first.
            if (level > before + 1 && !heading.closest('.summary')) found.push(`h${level} “${heading.innerText}” after h${before}`);
            if (!heading.innerText.trim()) found.push(`an empty h${level}`);
            if (!heading.closest('.summary')) before = level;
          }
          return found;
        }
        """);

    /// <summary>Landmarks without a name, or with one that another has.</summary>
    public static Task<string[]> LandmarksShareNamesAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const found = [], names = new Set();
          const nameOf = part => (part.getAttribute('aria-label') ?? document.getElementById(part.getAttribute('aria-labelledby'))?.textContent ?? '').trim();
          for (const only of ['main', 'body > header', 'body > footer']) if (document.querySelectorAll(only).length !== 1) found.push(`${document.querySelectorAll(only).length} ${only}`);
          for (const part of document.querySelectorAll('nav, aside:not([role=note]), section, [role=region]')) {
            if (!part.checkVisibility()) continue;
            const kind = part.getAttribute('role') ?? part.localName, name = nameOf(part);
            if (!name) found.push(`${kind} without a name: ${part.outerHTML.slice(0, 80)}`);
            if (names.has(`${kind} ${name}`)) found.push(`two ${kind} are called “${name}”`);
            names.add(`${kind} ${name}`);
          }
          return found;
        }
        """);

    /// <summary>Links whose words say nothing alone, or lead to two places.</summary>
    public static Task<string[]> LinksSayNothingAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const found = [], known = new Map(), empty = /^(here|more|read more|learn more|click|click here|this|link|this page)$/i;
          const nameOf = link => (link.getAttribute('aria-label') ?? link.textContent).replace(/\s+/g, ' ').trim();
          // The form stands on some pages and has one of its own: both are where one asks for a call.
          const aimOf = link => link.getAttribute('href') === '#call' ? '/request-a-call' : link.getAttribute('href');
          for (const link of document.querySelectorAll('a[href]')) {
            if (!link.checkVisibility()) continue;
            // The contents list names parts of this page.
            const isOwnPlace = link.matches('.toc a');
            const name = nameOf(link), aim = aimOf(link);
            if (!/[\p{L}\d]/u.test(name) || empty.test(name)) found.push(`“${name}” to ${aim} says nothing alone`);
            else if (!isOwnPlace && known.has(name) && known.get(name) !== aim) found.push(`“${name}” leads to ${known.get(name)} and to ${aim}`);
            if (!isOwnPlace) known.set(name, aim);
          }
          return found;
        }
        """);

    /// <summary>What stands above or to the left of what is read before it.</summary>
    public static Task<string[]> StandsBeforeAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const found = [];
          // Notes, contents and the box beside the form may stand in the margin; a circle has no first corner.
          const aside = '.notes, .note, .toc, .side, .cycle, .skip, .thumb, .hush, .trap, .paper, svg, option';
          const isClipped = element => element && (getComputedStyle(element).clipPath === 'inset(50%)' || isClipped(element.parentElement));
          const parts = [...document.body.querySelectorAll('h1, h2, h3, p, li, dt, dd, th, td, summary, legend, label, input, select, textarea, button, figcaption, caption')].filter(part =>
            !part.closest(aside) && part.checkVisibility({ visibilityProperty: true }) && !isClipped(part) && part.getBoundingClientRect().width > 1);
          const nameOf = part => `${part.localName} “${(part.innerText || part.name || '').slice(0, 40)}”`;
          parts.slice(1).forEach((part, i) => {
            const before = parts[i];
            if (before.contains(part) || part.contains(before)) return;
            const [one, two] = [before.getBoundingClientRect(), part.getBoundingClientRect()];
            if (two.bottom <= one.top + 1 && two.left < one.right - 1) found.push(`${nameOf(part)} stands above ${nameOf(before)}`);
            else if (two.right <= one.left + 1 && two.top < one.bottom - 1) found.push(`${nameOf(part)} stands left of ${nameOf(before)}`);
          });
          return found;
        }
        """);
}
