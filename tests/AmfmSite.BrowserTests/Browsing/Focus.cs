namespace AmfmSite.BrowserTests.Browsing;

/// <summary>What has the focus, and what keeps a person from seeing that it has.</summary>
public sealed record Focus(string Name, string Trouble)
{
    /// <summary>A script function that names an element.</summary>
    public const string NameOf = "(element => `${element.localName} ${element.id || element.name || element.innerText.trim().slice(0, 40) || element.getAttribute('href')}`)";

    public static async Task<Focus> OnAsync(IPage page)
    {
        var told = await page.EvaluateAsync<string[]>(
            $$"""
            () => {
              const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
              const parts = element.getClientRects(), part = parts[0] ?? box;
              const at = document.elementFromPoint(part.left + part.width / 2, part.top + part.height / 2);
              const trouble = [];
              if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 || / 0\)$/.test(style.outlineColor)) trouble.push(`outline ${style.outline}`);
              if (box.bottom <= 0 || box.top >= innerHeight) trouble.push('outside of the window');
              else if (!at || !(at === element || element.contains(at) || at.contains(element) || at.closest('label')?.control === element)) trouble.push(`covered by ${at?.outerHTML.slice(0, 80)}`);
              return [{{NameOf}}(element), trouble.join(', ')];
            }
            """);
        return new(told[0], told[1]);
    }
}
