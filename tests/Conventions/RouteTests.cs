namespace Dunning.Tests.Conventions;

public sealed class RouteTests
{
    private static IEnumerable<(string Method, string Route)> Routes =>
        from function in FunctionMethods.All
        let http = function.Http
        where http is not null
        from method in http?.Methods ?? ["*"]
        select (method.ToUpperInvariant(), (http?.Route ?? function.Name).Trim('/'));

    /// <summary>
    /// Reserved by the Azure Functions host: a function whose route begins with either fails to start with "The
    /// specified route conflicts with one or more built in routes". The local host would serve it.
    /// </summary>
    [Fact]
    public void No_route_is_one_that_the_functions_host_keeps_for_itself()
    {
        Assert.NotEmpty(Routes);
        ScanAssert.Empty(Routes.Where(r => IsReserved(r.Route)));
    }

    [Fact]
    public void No_two_functions_answer_the_same_request() =>
        ScanAssert.Empty(
            Routes.GroupBy(r => $"{r.Method} {Shape(r.Route)}").Where(g => g.Count() > 1).Select(g => g.Key)
        );

    [Theory]
    [InlineData("admin/recover", true)]
    [InlineData("Runtime", true)]
    [InlineData("administrators", true)]
    [InlineData("manage/admin", false)]
    public void A_reserved_route_is_noticed(string route, bool reserved) => Assert.Equal(reserved, IsReserved(route));

    [Theory]
    [InlineData("invoices/{id}", "Invoices/{invoice:int}", true)]
    [InlineData("invoices/{id}", "invoices/import", false)]
    public void Routes_that_differ_only_in_a_parameters_name_are_the_same(string one, string other, bool same) =>
        Assert.Equal(same, Shape(one) == Shape(other));

    private static bool IsReserved(string route) =>
        route.StartsWith("admin", StringComparison.OrdinalIgnoreCase)
        || route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase);

    private static string Shape(string route) =>
        string.Join('/', route.ToUpperInvariant().Split('/').Select(part => part.StartsWith('{') ? "{}" : part));
}
