using System.Text.Json;
using System.Text.Json.Serialization;
using Dunning.Receivables.Storage;

namespace Dunning.Policies.Interest;

/// <summary>The countries' rules and the rates that they share: the JSON files of this folder.</summary>
internal sealed class Jurisdictions
{
    public const string Folder = "Policies/Interest";
    private const string RatesFile = "rates.json";

    private static readonly Lazy<Jurisdictions> _embedded = new(() => new(EmbeddedText.ReadAll(Folder)));

    private static readonly JsonSerializerOptions _strict = new(Rows.Json)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Dictionary<string, Jurisdiction> _byCode;

    /// <param name="files">Names and texts; folders in front of a name and schemas make no difference.</param>
    /// <exception cref="InvalidOperationException">
    /// A file is invalid; the message names the file, the field and the correction.
    /// </exception>
    public Jurisdictions(IEnumerable<(string Name, string Text)> files)
    {
        var data = files
            .Select(file => (Name: file.Name.Split('/')[^1], file.Text))
            .Where(file => !file.Name.EndsWith(".schema.json", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        Rates =
            data.Where(file => file.Name == RatesFile).Select(Read<InterestRates>).FirstOrDefault()
            ?? throw new InvalidOperationException($"{RatesFile} is missing: add it to the folder {Folder}.");
        ThrowIfAny(RateChecks.Problems(Rates).Select(problem => $"{RatesFile}, {problem}"));

        var countries = data.Where(file => file.Name != RatesFile)
            .Select(file => (file.Name, Content: Read<Jurisdiction>(file)))
            .ToList();
        ThrowIfAny(
            countries.SelectMany(file =>
                JurisdictionChecks.Problems(file.Name, file.Content, Rates).Select(problem => $"{file.Name}, {problem}")
            )
        );
        All = [.. countries.Select(file => file.Content)];
        _byCode = All.ToDictionary(jurisdiction => jurisdiction.Code);
    }

    /// <summary>The embedded files.</summary>
    public static Jurisdictions Default => _embedded.Value;

    /// <summary>Ordered by code.</summary>
    public IReadOnlyList<Jurisdiction> All { get; }
    public InterestRates Rates { get; }

    /// <param name="code">ISO 3166-1 alpha-2 in upper case, or EU.</param>
    /// <returns>Null when there is no file for the country.</returns>
    public Jurisdiction? Find(string code) => _byCode.GetValueOrDefault(code);

    private static T Read<T>((string Name, string Text) file)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(file.Text, _strict)
                ?? throw new InvalidOperationException($"{file.Name} is empty: write an object.");
        }
        catch (JsonException unreadable)
        {
            throw new InvalidOperationException(
                $"{file.Name} cannot be read at {unreadable.Path}: {unreadable.Message} Correct it by the schema that "
                    + "the file names.",
                unreadable
            );
        }
    }

    private static void ThrowIfAny(IEnumerable<string> problems)
    {
        if (problems.ToList() is { Count: > 0 } all)
            throw new InvalidOperationException(string.Join(Environment.NewLine, all));
    }
}
