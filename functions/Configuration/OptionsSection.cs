using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Dunning.Configuration;

/// <summary>
/// Binds a section of the settings to an options class and validates it by the attributes of its properties, those of
/// nested objects and lists included. A failure names the setting as an app setting and states the correction; it never
/// contains the value, which may be a secret.
/// </summary>
/// <remarks>
/// Unlike <c>Bind</c> and <c>ValidateDataAnnotations</c>, it does not stop at a value of a wrong type, which would hide
/// the other failures, and it runs <see cref="IValidatableObject"/> also when an attribute has failed.
/// </remarks>
/// <param name="name">Empty for the root.</param>
internal sealed class OptionsSection<T>(string name, IConfiguration configuration)
    : IConfigureOptions<T>,
        IValidateOptions<T>
    where T : class
{
    public string Name { get; } = name;

    public void Configure(T options) => Readable().Bind(options);

    public ValidateOptionsResult Validate(string? name, T options)
    {
        List<(string Name, string Problem)> problems =
        [
            .. from setting in Setting.Of(typeof(T), Within(configuration), options: null)
            let problem = setting.ReadingProblem()
            where problem is not null
            select (setting.Name, problem),
        ];
        var unread = problems.ConvertAll(problem => problem.Name);
        problems.AddRange(ValueProblems(options).Where(problem => !unread.Exists(name => IsIn(name, problem.Name))));
        return problems.Count > 0
            ? ValidateOptionsResult.Fail(problems.Select(problem => $"{problem.Name}: {problem.Problem}"))
            : ValidateOptionsResult.Success;
    }

    private IEnumerable<(string Name, string Problem)> ValueProblems(T options)
    {
        var settings = Setting.Of(typeof(T), Readable(), options).Where(setting => setting.Owner is not null).ToList();
        var ofProperties =
            from setting in settings
            from problem in setting.ValueProblems(setting.Owner!)
            select (setting.Name, problem);
        var ofObjects =
            from owned in settings.DistinctBy(setting => setting.Owner, ReferenceEqualityComparer.Instance)
            where owned.Owner is IValidatableObject
            from result in ((IValidatableObject)owned.Owner!).Validate(new ValidationContext(owned.Owner))
            select (owned.Prefix + result.MemberNames.Single(), result.ErrorMessage!);
        return ofProperties.Concat(ofObjects);
    }

    /// <summary>Without the empty settings and those of a wrong type. An empty item of a list counts.</summary>
    private IConfiguration Readable() =>
        Within(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    from setting in Setting.Of(typeof(T), Within(configuration), options: null)
                    where
                        setting.Text is { Length: > 0 } text
                            ? setting.IsConvertible(text)
                            : setting is { Text: "", IsListItem: true }
                    select KeyValuePair.Create(setting.Section.Path, setting.Text)
                )
                .Build()
        );

    private IConfiguration Within(IConfiguration root) => Name.Length == 0 ? root : root.GetSection(Name);

    private static bool IsIn(string name, string outer) =>
        name == outer || name.StartsWith($"{outer}__", StringComparison.Ordinal);
}
