namespace AmfmSite.BrowserTests.Browsing;

/// <summary>Where things lie on the page as it is drawn.</summary>
public static class Layout
{
    /// <summary>What makes the page scroll sideways; empty when it does not.</summary>
    public static async Task<string[]> SticksOutAsync(this IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => {
          const room = document.documentElement.clientWidth;
          scrollTo(1000, 0);
          if (scrollX === 0 && document.documentElement.scrollWidth <= room) return [];
          const outside = [...document.body.querySelectorAll('*:not(svg *)')].filter(element => element.getBoundingClientRect().right + scrollX > room + 1);
          return [`${document.documentElement.scrollWidth} px`, ...outside.slice(0, 5).map(element => `<${element.localName} class="${element.getAttribute('class') ?? ''}">`)];
        }
        """);

    /// <summary>Texts that lie on each other, and texts cut off by the box they stand in.</summary>
    public static async Task<string[]> CollidesAsync(this IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => {
          const found = [], lines = [];
          const apart = '.trap, .skip, .thumb, svg, option';
          const isClipped = element => element && (getComputedStyle(element).clipPath === 'inset(50%)' || isClipped(element.parentElement));
          const blockOf = element => { while (getComputedStyle(element).display === 'inline') element = element.parentElement; return element; };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            const parent = text.parentElement;
            if (!text.data.trim() || parent.closest(apart) || isClipped(parent) || !parent.checkVisibility({ visibilityProperty: true })) continue;
            const range = document.createRange(), block = blockOf(parent);
            range.selectNodeContents(text);
            for (const box of range.getClientRects()) if (box.width > 1) lines.push({ box, block, words: text.data.trim().slice(0, 40) });
          }
          lines.sort((one, other) => one.box.top - other.box.top);
          lines.forEach((one, i) => {
            for (let j = i + 1; j < lines.length && lines[j].box.top < one.box.bottom - 5; j++) {
              const other = lines[j], across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
              if (one.block !== other.block && across > 2) found.push(`“${one.words}” and “${other.words}”`);
            }
          });
          for (const box of document.body.querySelectorAll('*')) {
            if (box.matches('select') || box.closest(apart) || isClipped(box) || !box.innerText?.trim() || !/hidden|clip/.test(getComputedStyle(box).overflow)) continue;
            if (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1) found.push(`cut off: ${box.outerHTML.slice(0, 80)}`);
          }
          return [...new Set(found)].slice(0, 8);
        }
        """);
}
