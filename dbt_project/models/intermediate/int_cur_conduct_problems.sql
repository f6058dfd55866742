{{ current_view('conduct_problems', 's.problem_no, s.person_key') }}
