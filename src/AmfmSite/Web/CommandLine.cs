namespace AmfmSite.Web;

/// <summary>One command as typed: words, then options with values. Results go to standard output, talk to standard error.</summary>
internal sealed class CommandLine
{
    /// <summary>Options that stand alone.</summary>
    public const string DryRun = "dry-run", External = "external";

    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    private CommandLine(string name) => Name = name;

    /// <summary>The words before the first option: "staff invite".</summary>
    public string Name { get; }

    /// <returns>Null when the site is to be served: nothing but settings was given.</returns>
    /// <exception cref="CommandUsageException">An option has no value.</exception>
    public static CommandLine? Parse(string[] args)
    {
        var words = args.TakeWhile(word => !word.StartsWith('-')).ToArray();
        if (words.Length == 0) return null;

        var command = new CommandLine(string.Join(' ', words));
        for (var i = words.Length; i < args.Length; i += 2)
        {
            if (args[i] is "--" + DryRun or "--" + External)
            {
                command._options[args[i--][2..]] = "yes";
                continue;
            }

            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
                throw new CommandUsageException($"{args[i]} needs a value: --name value.");
            command._options[args[i][2..]] = args[i + 1];
        }

        return command;
    }

    public string Required(string option) =>
        _options.TryGetValue(option, out var value) && value.Length > 0 ? value : throw new CommandUsageException($"{Name} needs --{option}.");

    public string? Optional(string option) => _options.ContainsKey(option) ? Required(option) : null;

    public bool Has(string option) => _options.ContainsKey(option);

    /// <summary>For commands where a misspelt option would do something else than was meant.</summary>
    public void Only(params string[] options)
    {
        if (_options.Keys.FirstOrDefault(option => !options.Contains(option)) is { } unknown)
            throw new CommandUsageException($"{Name} knows no --{unknown}. It knows: {string.Join(", ", options.Select(option => "--" + option))}.");
    }

    public static void Result(string line) => Console.Out.WriteLine(line);

    public static void Talk(string line) => Console.Error.WriteLine(line);

    /// <returns>The exit code of a fault.</returns>
    public static int Fault(string line)
    {
        Talk(line);
        return 1;
    }
}
